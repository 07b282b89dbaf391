using System;
using System.CommandLine;
using System.IO;
using EdgeBroker.Simulator;
using EdgeBroker.Simulator.Conformance;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Conformance;

/// <summary>The command line of `conformance`, over a small clone in a folder of its own.</summary>
[TestClass]
public sealed class ConformanceCommandTests
{
    // In pieces, so that it is not found in this file.
    private const string Named = "// [MQTT" + "-1.1.1-1]";

    private const string List =
        "= 5.0\n== 1 One\n1.1.1-1 done\n    A sentence.\n1.1.1-2 done\n    Another.\n";

    private string _root;

    [TestInitialize]
    public void Begin()
    {
        _root = Directory.CreateTempSubdirectory("conformance-").FullName;
        Write("EdgeBroker.sln", "");
        Write(StatementFile.Path, List);
        Write("simulator/Conformance/page.md", "{totals}\n\n{suites}\n\n{5.0}\n\n{3.1.1}\n");
        Write("simulator/Conformance/suites.md", "Ten of ten.\n");
        Write("shared/Broker/A.cs", Named + "\nclass A\n{\n}\n");
        Write("tests/shared/ATests.cs", "public class ATests\n{\n    " + Named
            + "\n    [TestMethod]\n    public void Works()\n    {\n    }\n}\n");
        Write(ConformancePage.Path, "old\n");
    }

    [TestCleanup]
    public void End() => Directory.Delete(_root, true);

    [TestMethod]
    public void Page_IsWritten_AndCheckedAfterwards()
    {
        Assert.AreEqual(ExitCode.Failure, Run("--root", _root, "--check"), "it is old");
        Assert.AreEqual("old\n", Read(), "it is only checked");
        Assert.AreEqual(0, Run("--root", Path.Combine(_root, "shared")), "from within");
        string page = Read();
        StringAssert.Contains(page, "Ten of ten.");
        StringAssert.Contains(page, "| 1.1.1-1 | A sentence. | done | "
            + "[A](../shared/Broker/A.cs) | [ATests.Works](../tests/shared/ATests.cs) |");
        StringAssert.Contains(page, "| 1.1.1-2 | Another. | done |  | **no test** |");
        Assert.AreEqual(0, Run("--root", _root, "--check"), "it is new");
    }

    [TestMethod]
    public void NumberThatIsWrong_IsAFailure_AndNothingIsWritten()
    {
        Write("shared/Broker/A.cs", Named.Replace("-1]", "-7]") + "\n");
        Assert.AreEqual(ExitCode.Failure, Run("--root", _root));
        Assert.AreEqual("old\n", Read());
    }

    [TestMethod]
    public void ListThatCannotBeRead_IsAMisuse()
    {
        Write(StatementFile.Path, List + "1.1.1-3 perhaps\n");
        Assert.AreEqual(ExitCode.Usage, Run("--root", _root));
    }

    [TestMethod]
    public void FolderThatIsNoClone_IsAMisuse()
    {
        File.Delete(Path.Combine(_root, "EdgeBroker.sln"));
        Assert.AreEqual(ExitCode.Usage, Run("--root", _root));
        Assert.AreEqual(ExitCode.Usage, Run("--root", Path.Combine(_root, "none")));
    }

    private static int Run(params string[] line)
    {
        var command = new Command("conformance");
        ConformanceCommand.AddTo(command);
        ParseResult parsed = command.Parse(line);
        Assert.IsEmpty(parsed.Errors);
        return parsed.Invoke();
    }

    private string Read() => File.ReadAllText(Path.Combine(_root, ConformancePage.Path));

    private void Write(string path, string text)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full));
        File.WriteAllText(full, text);
    }
}
