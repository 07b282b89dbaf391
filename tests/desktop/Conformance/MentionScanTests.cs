using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Conformance;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Conformance;

/// <summary>What is found in the sources, and what is wrong with the list.</summary>
[TestClass]
public sealed class MentionScanTests
{
    // In pieces, so that they are not found in this file.
    private const string Sign = "MQTT";

    private const string Test = "public class T\n\n  // [M-1.1.1-1]\n  [TestMethod]\n";
    private const string Show = "  public void Show()\n  {\n  }\n";

    private const string List = """
        = 5.0
        == 1 One
        1.1.1-1 done
            A sentence.
        1.1.1-2 absent
            A sentence.
            > Told so.
        1.1.1-3 client
            A sentence.
        = 3.1.1
        == 1 One
        1.1.1-1 done
            A sentence.
        1.1.1-4 done
            A sentence.
        1.1.1-5 done like 1.1.1-1
            A sentence.
        """;

    [TestMethod]
    [DataRow("// [M-1.1.1-1]", "5.0")]
    [DataRow("// [M-1.1.1-4], which 5.0 does not have", "3.1.1")]
    [DataRow("// [M-1.1.1-1], in 3.1.1 [M-1.1.1-1]", "5.0 3.1.1")]
    [DataRow("// 3.1.1 [M-1.1.1-4] [M-1.1.1-1], 5.0 [M-1.1.1-1]", "3.1.1 3.1.1 5.0")]
    [DataRow("public void A_V311_M_1_1_1_1()", "3.1.1")]
    [DataRow("public void A_M_1_1_1_1_M_1_1_1_2()", "5.0 5.0")]
    [DataRow("Bad(V311, [M-1.1.1-1])", "5.0")]
    [DataRow("// [M-1.1.1-9] [M-1.1.1.1] [M-3-1.1-1]", "  ")]
    public void Number_IsOfAVersion(string line, string versions) => Assert.AreEqual(versions,
        string.Join(" ", Scan("shared/A.cs", line).Select(one => one.Version)));

    [TestMethod]
    public void Test_ShowsWhatItsCommentItsNameAndItsBodySay()
    {
        IReadOnlyList<Mention> found = Scan("tests/A.cs", """
            public sealed class ATests
            {
                // [M-1.1.1-1]

                private const int Number = 1; // [M-1.1.1-1]

                // Why. [M-1.1.1-1]
                [TestMethod]
                [DataRow(1)] // [M-1.1.1-2]
                public void Name_M_1_1_1_1()
                {
                    Act(); // [M-1.1.1-2]
                }

                // [M-1.1.1-1]
                public void Helper()
                {
                }

                // [M-1.1.1-1]
                [TestMethod]
                public void Short() => Assert.AreEqual("[M-1.1.1-2]",
                    Act());

                private static int Act() => 1; // [M-1.1.1-1]
            }
            """);
        CollectionAssert.AreEqual(new[]
        {
            "3 ", "5 ", "7 ATests.Name_" + Sign + "_1_1_1_1", "9 ATests.Name_" + Sign + "_1_1_1_1",
            "10 ATests.Name_" + Sign + "_1_1_1_1", "12 ATests.Name_" + Sign + "_1_1_1_1", "15 ",
            "20 ATests.Short", "22 ATests.Short", "25 ",
        }, found.Select(one => $"{one.Line} {one.Test}").ToArray());
    }

    [TestMethod]
    [DataRow("shared/A.cs", "// [M-1.1.1-1]", "kept in A")]
    [DataRow("simulator/Net/A.cs", "// [M-1.1.1-1]", "kept in A")]
    [DataRow("shared/Codec/Client/A.cs", "// [M-1.1.1-1]", "")]
    [DataRow("simulator/Lab/Check/A.cs", "// [M-1.1.1-1]", "judged by A")]
    [DataRow("tests/shared/A.cs", Test + Show, "shown by T.Show")]
    [DataRow("tests/shared/A.cs", Test + "  [Ignore]\n" + Show, "")]
    [DataRow("tests/shared/A.cs", "// [M-1.1.1-1]\npublic class T", "")]
    [DataRow("tests/desktop/Lab/A.cs", Test + Show, "")]
    public void Evidence_IsOfTheBroker(string path, string code, string found)
    {
        IReadOnlyList<Statement> statements = StatementFile.Parse(List);
        var evidence = new Evidence(statements, [(path, Signed(code))]);
        Assert.AreEqual(found, string.Join(" ",
        [
            .. evidence.PlacesOf(statements[0]).Select(_ => "kept in A"),
            .. evidence.JudgesOf(statements[0]).Select(_ => "judged by A"),
            .. evidence.TestsOf(statements[0]).Select(one => "shown by " + one.Test),
        ]));
        Assert.AreEqual(found.Length > 0 && found[0] != 'k', evidence.IsShown(statements[0]));
    }

    [TestMethod]
    public void StatementLikeAnother_IsKeptWhereThatOneIs_AndShownByItsOwnTests()
    {
        IReadOnlyList<Statement> statements = StatementFile.Parse(List);
        var evidence = new Evidence(statements,
            [("shared/A.cs", Signed("// [M-1.1.1-1]")), ("tests/A.cs", Signed(Test + Show))]);
        Assert.AreEqual("shared/A.cs", evidence.PlacesOf(statements[^1]).Single());
        Assert.IsFalse(evidence.IsShown(statements[^1]));
    }

    [TestMethod]
    [DataRow("shared/A.cs", "// [M-1.1.1-7]", "no version has a statement 1.1.1-7")]
    [DataRow("shared/A.cs", "// [M-1.1.1.1]", "no version has a statement 1.1.1.1")]
    [DataRow("shared/A.cs", "// [M-1.1.1-3]", "1.1.1-3 of 5.0 does not concern this broker")]
    [DataRow("tests/A.cs", "[TestMethod]\n  public void A_M_1_1_1_3()",
        "1.1.1-3 of 5.0 does not concern this broker")]
    public void SourceThatDisagrees_IsSeen(string path, string code, string wrong) =>
        Offenders.AssertFinds(Wrong(List, path, code), wrong);

    [TestMethod]
    [DataRow("1.1.1-1 done", "1.1.1-1 choice", "1.1.1-1 of 5.0 says neither why")]
    [DataRow("1.1.1-2 absent", "1.1.1-2 done", "1.1.1-2 of 5.0 has a note")]
    [DataRow("1.1.1-2 absent", "1.1.1-1 absent", "1.1.1-1 of 5.0 stands twice")]
    [DataRow("1.1.1-4 done", "1.1.1-4 done like 1.1.1-4", "1.1.1-4 of 3.1.1 is like 1.1.1-4")]
    public void ListThatIsWrong_IsSeen(string right, string now, string wrong)
    {
        Assert.IsFalse(Wrong(List, "A.cs", "").Any(), "as it is");
        Offenders.AssertFinds(Wrong(List.Replace(right, now), "A.cs", ""), wrong);
    }

    [TestMethod]
    [DataRow("1.1.1-1 maybe\n    A sentence.")]
    [DataRow("1.1.1 done\n    A sentence.")]
    [DataRow("1.1.1-1 done\n    A sentence.\n    Another.")]
    [DataRow("    A sentence.")]
    public void LineThatCannotBeRead_IsNamed(string lines)
    {
        InvalidDataException e = Assert.ThrowsExactly<InvalidDataException>(
            () => StatementFile.Parse("= 5.0\n== 1 One\n" + lines));
        StringAssert.Contains(e.Message, ", line ");
    }

    private static IEnumerable<string> Wrong(string list, string path, string code)
    {
        IReadOnlyList<Statement> statements = StatementFile.Parse(list);
        return Disagreements.Of(statements, new Evidence(statements, [(path, Signed(code))]));
    }

    private static IReadOnlyList<Mention> Scan(string path, string code) =>
        MentionScan.Of(new NumberFinder(StatementFile.Parse(List)), path, Signed(code));

    // M stands for the sign.
    private static string Signed(string code) =>
        code.Replace("[M-", $"[{Sign}-").Replace("_M_", $"_{Sign}_");
}
