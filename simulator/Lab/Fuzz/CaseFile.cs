using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>Cases as files: kept, told of when they fail, and replayed.</summary>
internal static class CaseFile
{
    /// <summary>Writes cases to a folder, each under the name that its bytes give it.</summary>
    public static void Save(string folder, IEnumerable<byte[]> files)
    {
        Directory.CreateDirectory(folder);
        foreach (byte[] file in files)
        {
            File.WriteAllBytes(Path.Combine(folder, FuzzCase.Read(file).FileName()), file);
        }
    }

    /// <summary>Writes a failing case and says how to play it again.</summary>
    public static void Tell(string target, byte[] file, string what)
    {
        string name = $"{target}-{FuzzCase.Read(file).FileName()}";
        File.WriteAllBytes(name, file);
        Console.Error.WriteLine(what);
        Show(FuzzCase.Read(file));
        Console.Error.WriteLine($"to see it again: fuzz --replay {name}");
    }

    /// <summary>Plays a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">Its target; all for the one that its name or folder tells.</param>
    public static int Replay(string path, string target)
    {
        byte[] file = File.ReadAllBytes(path);
        target = FuzzTarget.Names.Contains(target) ? target
            : FuzzTarget.Names.FirstOrDefault(name =>
                Path.GetFileName(path).StartsWith(name + "-", StringComparison.Ordinal)
                || Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) == name) ?? "";
        if (target.Length == 0)
        {
            Console.Error.WriteLine("the name of the file does not tell the target: say it with "
                + "--target codec, topics or broker");
            return ExitCode.Usage;
        }

        Show(FuzzCase.Read(file));
        var what = (string?)new WovenLab().Call(
            typeof(FuzzWorker), nameof(FuzzWorker.Replay), target, file);
        Console.Out.WriteLine(what ?? "nothing is wrong");
        return what == null ? 0 : ExitCode.Failure;
    }

    private static void Show(FuzzCase shown)
    {
        Console.Error.WriteLine($"set-up {shown.Setup}, {shown.Steps.Count} steps:");
        foreach (FuzzStep step in shown.Steps)
        {
            Console.Error.WriteLine($"  {step.Kind} {step.Who} "
                + $"{Convert.ToHexStringLower(step.Bytes)} {Name(step.Bytes)}");
        }
    }

    private static string Name(byte[] bytes)
    {
        foreach (int version in new[] { 5, 4 })
        {
            var reader = new PacketReader { Version = version };
            reader.Add(bytes);
            try
            {
                if (reader.Next() is { } packet)
                {
                    return $"{packet}";
                }
            }
            catch (InvalidDataException)
            {
                // Perhaps it is of the other version.
            }
        }

        return "";
    }
}
