using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace EdgeBroker.Tests.Mutation;

/// <summary>
/// Changes the compiled core in one place, runs the tests against it, and lists the changes that
/// no test notices. See docs/testing.md.
/// </summary>
internal static class Program
{
    private const string Core = "EdgeBroker.Shared.dll";
    private const int LeastSeconds = 15;

    private static int Main(string[] arguments)
    {
        if (arguments is ["work", string folder, string skipped, string all])
        {
            List<string> failed =
                new Worker(folder, File.ReadAllLines(skipped)).Run(all == "all");
            failed.ForEach(Console.WriteLine);
            return failed.Count > 0 ? 1 : 0;
        }

        int count = arguments.Length > 0 ? int.Parse(arguments[0]) : 150;
        int seed = arguments.Length > 1 ? int.Parse(arguments[1]) : 1;
        int jobs = arguments.Length > 2 ? int.Parse(arguments[2]) : 1;
        // Only changes that begin with one of these, such as Patience,"Router.cs:40 negated"
        string[] places = arguments.Length > 3 ? arguments[3].Split(',') : [""];
        return Run(count, seed, jobs, places);
    }

    private static int Run(int count, int seed, int jobs, string[] places)
    {
        string own = AppContext.BaseDirectory;
        string scratch = Directory.CreateTempSubdirectory("edgebroker-mutation").FullName;
        string skipped = Path.Combine(scratch, "skipped.txt");
        File.WriteAllText(skipped, "");
        Stopwatch watch = Stopwatch.StartNew();
        (_, string already) = Work(own, skipped, "all", 600);
        File.WriteAllText(skipped, already);
        watch.Restart();
        if (Work(own, skipped, "first", 600).Code != 0)
        {
            Console.WriteLine("the tests fail without a change");
            return 1;
        }

        int seconds = LeastSeconds + (int)(3 * jobs * watch.Elapsed.TotalSeconds);
        Console.WriteLine($"without a change: {watch.Elapsed.TotalSeconds:F1} s; left out "
            + $"because they fail: {already.Split('\n').Length - 1}");
        List<Mutation> all = [.. Mutator.Find(Path.Combine(own, Core))
            .Where(m => places.Any(p => $"{m}".StartsWith(p, StringComparison.Ordinal)))];
        Mutation[] sample = [.. all];
        new Random(seed).Shuffle(sample);
        sample = [.. sample.Take(count)];
        ConcurrentBag<Mutation> survivors = [];
        int done = 0, late = 0;
        Parallel.ForEach(sample, new ParallelOptions { MaxDegreeOfParallelism = jobs }, m =>
        {
            (int code, string failed) = Try(own, scratch, skipped, m, seconds);
            if (code == 0)
            {
                survivors.Add(m);
            }

            late += code < 0 ? 1 : 0;
            string verdict = code == 0 ? "SURVIVES" : code < 0 ? "too slow" : failed.Trim();
            Console.WriteLine($"{++done}/{sample.Length} {m}: {verdict}");
        });
        Console.WriteLine($"{all.Count} changes are possible; {sample.Length} were made, "
            + $"{sample.Length - survivors.Count} noticed ({late} by time), "
            + $"{survivors.Count} survive:");
        foreach (Mutation m in survivors.OrderBy(m => m.Where, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {m} in {m.Method}");
        }

        Directory.Delete(scratch, true);
        return 0;
    }

    private static (int Code, string Output) Try(
        string own, string scratch, string skipped, Mutation mutation, int seconds)
    {
        string folder = Path.Combine(scratch, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(own, "*.dll"))
        {
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), file);
        }

        File.Delete(Path.Combine(folder, Core));
        Mutator.Write(Path.Combine(own, Core), Path.Combine(folder, Core), mutation);
        (int, string) result = Work(folder, skipped, "first", seconds);
        Directory.Delete(folder, true);
        return result;
    }

    // In a process of its own: a change may make an endless loop, or use up the memory.
    private static (int Code, string Output) Work(
        string folder, string skipped, string mode, int seconds)
    {
        // What stands beside this program is loaded before anything else, so the worker is a copy
        // of it that has no core of its own.
        string program = Path.Combine(folder, "worker");
        Directory.CreateDirectory(program);
        foreach (string name in (string[])[".dll", ".runtimeconfig.json"])
        {
            string file = typeof(Program).Assembly.GetName().Name + name;
            File.Copy(Path.Combine(AppContext.BaseDirectory, file),
                Path.Combine(program, file), true);
        }

        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(program, "EdgeBroker.Tests.Mutation.dll"));
        start.ArgumentList.Add("work");
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(skipped);
        start.ArgumentList.Add(mode);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x40000000";
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process process = Process.Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(seconds * 1000))
        {
            process.Kill(true);
            process.WaitForExit();
            return (-1, "");
        }

        string text = output.Result + (process.ExitCode > 1 ? errors.Result.Split('\n')[0] : "");
        return (process.ExitCode == 0 ? 0 : 1, text);
    }
}
