using System;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Fuzz;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>Plays the corpus of a target against the core as it is, without counting.</summary>
internal sealed class CorpusPlay(string target)
{
    /// <summary>The cases of the corpus, as files.</summary>
    public static byte[][] Files(string target) =>
        [.. Corpus.Files(Path.Combine(Repository.Root, "tests", "corpus", target))
            .Select(File.ReadAllBytes)];

    /// <summary>What plays the cases, with the counters of the broker.</summary>
    public FuzzTarget Target { get; } = FuzzTarget.Of(target);

    /// <summary>Plays the cases of the corpus, and random ones besides.</summary>
    /// <param name="more">How many random ones.</param>
    public void Run(int more)
    {
        var runner = new CaseRunner(Target);
        var random = new Random(1);
        foreach (FuzzCase played in Files(target).Select(FuzzCase.Read)
            .Concat(Enumerable.Range(0, more).Select(_ => Target.NewCase(random))))
        {
            Assert.IsNull(runner.Fault(played));
        }
    }
}
