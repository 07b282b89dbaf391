using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace EdgeBroker.Tests.Mutation;

/// <summary>Runs the tests in this process against the core that lies in a folder.</summary>
internal sealed class Worker
{
    private const string Desktop = "EdgeBroker.Tests.Desktop";
    private const int ModelSeeds = 60;
    private const int GenerousSeeds = 6;
    private const int Turns = 800;
    private const int FuzzCases = 200;

    // Slow, and about the heap and not about what is done.
    private static readonly string[] _leftOut =
        ["AllocationTests"];

    private readonly string _folder;
    private readonly HashSet<string> _skipped;

    public Worker(string folder, IEnumerable<string> skipped)
    {
        _folder = folder;
        _skipped = [.. skipped];
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            string path = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
    }

    /// <summary>Runs the tests, those that are likely to notice something first.</summary>
    /// <param name="goesOn">Whether to go on behind one that fails.</param>
    /// <returns>What failed.</returns>
    public List<string> Run(bool goesOn)
    {
        List<string> failed = [];
        foreach ((string name, Action act) in Tests().Where(t => !_skipped.Contains(t.Name)))
        {
            try
            {
                act();
            }
            catch (Exception)
            {
                failed.Add(name);
                if (!goesOn)
                {
                    break;
                }
            }
        }

        return failed;
    }

    private IEnumerable<(string Name, Action Act)> Tests()
    {
        Assembly desktop = Load(Desktop);
        Assembly variants = Load("EdgeBroker.Tests.Variants");
        return Classes(desktop, "EdgeBroker.Tests")
            .Concat(Models(desktop, Load("EdgeBroker.Simulator")))
            .Concat(Classes(desktop, Desktop + ".Core"))
            .Concat(Classes(variants, "EdgeBroker.Tests"));
    }

    private Assembly Load(string name) =>
        AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(_folder, name + ".dll"));

    private static IEnumerable<(string, Action)> Models(
        Assembly assembly, Assembly simulator)
    {
        Type trial = simulator.GetType("EdgeBroker.Simulator.Lab.Model.Trial");
        Type corpus = assembly.GetType(Desktop + ".Lab.CorpusPlay");
        foreach (string target in new[] { "codec", "topics", "broker" })
        {
            yield return ($"fuzz {target}", () => corpus.GetMethod("Run").Invoke(
                Activator.CreateInstance(corpus, target), [FuzzCases]));
        }

        for (int i = 1; i <= ModelSeeds; i++)
        {
            int seed = i;
            yield return ($"model {i}", () => Agree(trial, seed));
        }
    }

    // Trial.Run would make a history short that fails, which takes its time.
    private static void Agree(Type trial, int seed)
    {
        object one = Activator.CreateInstance(trial, seed, seed > GenerousSeeds);
        if (trial.GetMethod("Play", [typeof(int)]).Invoke(one, [Turns]) is Exception difference)
        {
            throw difference;
        }
    }

    private static IEnumerable<(string, Action)> Classes(Assembly assembly, string space) =>
        assembly.GetTypes()
            .Where(t => t.Namespace == space && !_leftOut.Contains(t.Name) && Has(t, "TestClass"))
            .OrderBy(t => t.FullName, StringComparer.Ordinal).SelectMany(Methods);

    private static IEnumerable<(string, Action)> Methods(Type type)
    {
        foreach (MethodInfo method in type.GetMethods().Where(m => Has(m, "TestMethod")))
        {
            string name = $"{type.Assembly.GetName().Name} {type.Name}.{method.Name}";
            object[][] rows = [.. method.GetCustomAttributes()
                .Where(a => a.GetType().Name == "DataRowAttribute")
                .Select(a => (object[])a.GetType().GetProperty("Data").GetValue(a))];
            if (rows.Length == 0 && method.GetParameters().Length == 0)
            {
                rows = [[]];
            }

            foreach (object[] row in rows)
            {
                yield return (name, () => method.Invoke(Activator.CreateInstance(type), row));
            }
        }
    }

    private static bool Has(MemberInfo member, string attribute) => member.GetCustomAttributes()
        .Any(a => a.GetType().Name == attribute + "Attribute");
}
