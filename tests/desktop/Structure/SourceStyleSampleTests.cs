using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Shows that each rule of style sees its offender and nothing else.</summary>
[TestClass]
public sealed class SourceStyleSampleTests
{
    private const string Clean = """
        using System;

        namespace EdgeBroker.Codec;

        /// <summary>A class { with a brace in its comment }.</summary>
        public sealed class Good
        {
            /// <summary>Its size.</summary>
            public const int Size = 3;

            private const string Text = "#region { \" } else {";
            private static readonly int[] _table = { 1, 2 };
            private readonly (int A, string B) _pair = (1, $"{Text + "}"} {{");
            private readonly Dictionary<string, (int, int)> _map = new() {
                ["a"] = (1, 2),
            };

            /// <summary>Compares.</summary>
            public static bool operator ==(Good a, Good b) => Equals(a, b);

            /// <summary>An element.</summary>
            [Obsolete("]")]
            public int this[int i] => _table[i];

            /// <summary>A value.</summary>
            public int Value { get; set; } = 3;

            public override string ToString()
            {
                char open = '{';
                Run(() => {
                    open = '}';
                });
                return @"a ""{"" \" + open;
            }

            private abstract class Inner<T> where T : new()
            {
                protected abstract void Do();
            }

            private enum State : byte
            {
                Idle,
                Busy = 2,
            }
        }

        """;

    [TestMethod]
    public void CleanFile_OffendsNoRule()
    {
        SourceText file = new("shared/Codec/Good.cs", Clean);
        IEnumerable<string> found = SourceStyle.Columns(file)
            .Concat(SourceStyle.Whitespace(file))
            .Concat(SourceStyle.Regions(file))
            .Concat(SourceStyle.Conditions(file))
            .Concat(SourceStyle.ConditionsButUsings(file))
            .Concat(SourceStyle.OneTypePerFile(file))
            .Concat(SourceStyle.FieldNames(file))
            .Concat(SourceStyle.OpenClasses(file))
            .Concat(SourceStyle.FileLength(file))
            .Concat(SourceStyle.FunctionLength(file))
            .Concat(SourceStyle.Undocumented([file]))
            .Concat(SourceStyle.Braces(file));
        Offenders.AssertNone("clean sample", found);
    }

    [TestMethod]
    [DataRow("namespace A;\n\tclass C;\n", "S.cs:2: tab")]
    [DataRow("namespace A;\r\n", "S.cs:1: carriage return")]
    [DataRow("namespace A; \n", "S.cs:1: blank")]
    [DataRow("namespace A;", "S.cs:1: the file does not end")]
    [DataRow("namespace A;\n\n", "S.cs:2: the file does not end")]
    public void Whitespace_IsSeen(string text, string expected) =>
        Offenders.AssertFinds(SourceStyle.Whitespace(new SourceText("S.cs", text)), expected);

    [TestMethod]
    public void WideLine_IsSeen()
    {
        SourceText file = new("S.cs", new string('/', 100) + "\n" + new string('/', 101) + "\n");
        CollectionAssert.AreEqual(
            (string[])["S.cs:2: wider than 100 columns"], SourceStyle.Columns(file).ToArray());
    }

    [TestMethod]
    public void Directives_AreSeen()
    {
        SourceText file = new("S.cs", "#region a\n#if DEBUG\nclass S { }\n#endif\n#endregion\n");
        Assert.AreEqual(2, SourceStyle.Regions(file).Count());
        Assert.AreEqual(2, SourceStyle.Conditions(file).Count());
        Offenders.AssertFinds(SourceStyle.ConditionsButUsings(file), ":2: #if DEBUG");
        Offenders.AssertFinds(SourceStyle.ConditionsButUsings(file), ":3: conditional code");
    }

    [TestMethod]
    public void UsingPattern_IsAllowedInSharedTests()
    {
        SourceText file = new("S.cs", "#if NANOFRAMEWORK_1_0\nusing A;\n#else\nusing B;\n#endif\n");
        Assert.IsFalse(SourceStyle.ConditionsButUsings(file).Any());
    }

    [TestMethod]
    [DataRow("sealed class S { }\nenum E { A }\n", "S.cs:2: enum E is a second")]
    [DataRow("namespace A\n{\n  sealed class T\n  {\n  }\n}\n", "S.cs:3: class T is not named")]
    [DataRow("sealed record S(int A);\ndelegate void D(int a);\n", "delegate D is a second")]
    public void SecondOrForeignType_IsSeen(string text, string expected) =>
        Offenders.AssertFinds(SourceStyle.OneTypePerFile(new SourceText("S.cs", text)), expected);

    [TestMethod]
    public void PartOfAPartialType_MayCarryThePartInItsFileName() => Assert.IsFalse(
        SourceStyle.OneTypePerFile(new SourceText("S.Part.cs", "partial class S\n{\n}\n")).Any());

    [TestMethod]
    [DataRow("private int count;", "field S.count")]
    [DataRow("int Count;", "field S.Count")]
    [DataRow("static readonly byte[] Table = { 1 };", "field S.Table")]
    [DataRow("private const int _max = 3;", "field S._max")]
    [DataRow("public const int MAX_SIZE = 3;", "field S.MAX_SIZE")]
    [DataRow("(int A, int B) pair = (1, 2);", "field S.pair")]
    public void FieldName_IsSeen(string field, string expected) => Offenders.AssertFinds(
        SourceStyle.FieldNames(new SourceText("S.cs", $"sealed class S\n{{\n{field}\n}}\n")),
        "S.cs:3: " + expected);

    [TestMethod]
    [DataRow("public class S\n{\n}\n", "class S")]
    [DataRow("public record S(int A);\n", "record S")]
    [DataRow("static class O\n{\n    private class S\n    {\n    }\n}\n", "class O.S")]
    public void OpenClass_IsSeen(string text, string expected) =>
        Offenders.AssertFinds(SourceStyle.OpenClasses(new SourceText("S.cs", text)), expected);

    [TestMethod]
    [DataRow("void M()\n{\nif (a) {\n}\n}", 5)]
    [DataRow("void M()\n{\nif (a)\n{\n} else\n{\n}\n}", 7)]
    [DataRow("void M()\n{\nif (a)\n{\n}\nelse {\n}\n}", 8)]
    [DataRow("void M() {\n}", 3)]
    [DataRow("public sealed class C {\n}", 3)]
    [DataRow("int A\n{\nget {\nreturn 1;\n}\n}", 5)]
    [DataRow("void M()\n{\nforeach (int a in new int[3]) {\n}\n}", 5)]
    [DataRow("int M(int a) => a switch {\n_ => 1,\n};", 3)]
    public void Brace_IsSeen(string member, int line) => CollectionAssert.AreEqual(
        (string[])[$"S.cs:{line}:"],
        SourceStyle.Braces(new SourceText("S.cs", $"class S\n{{\n{member}\n}}\n"))
            .Select(found => found[..found.IndexOf(' ')]).ToArray());

    [TestMethod]
    public void Lengths_AreSeen()
    {
        string body = string.Concat(Enumerable.Repeat("        a++;\n", 77));
        string function = $"    void M()\n    {{\n{body}    }}\n";
        string longer = $"    void N()\n    {{\n{body}        a++;\n    }}\n";
        SourceText file = new("S.cs", $"sealed class S\n{{\n{function}\n{longer}}}\n");
        CollectionAssert.AreEqual(
            (string[])["S.cs:84: method S.N has 81 lines, not 80"],
            SourceStyle.FunctionLength(file).ToArray());
        SourceText tall = new("S.cs", string.Concat(Enumerable.Repeat("//\n", 261)));
        Offenders.AssertFinds(SourceStyle.FileLength(tall), "S.cs:261: 261 lines");
    }

    [TestMethod]
    [DataRow("public sealed class S\n{\n}\n", "S.cs:1: Missing XML comment")]
    [DataRow("/// <summary>S.</summary>\npublic sealed class S\n{\n    public int A;\n}\n", "S.A")]
    [DataRow("/// <summary>S.</summary>\npublic interface S\n{\n    void M();\n}\n", "S.M")]
    public void MissingComment_IsSeen(string text, string expected) =>
        Offenders.AssertFinds(SourceStyle.Undocumented([new SourceText("S.cs", text)]), expected);

    [TestMethod]
    public void MissingComment_IsFineWhereAllConstantsShareOneOrAnotherPartHasIt()
    {
        SourceText[] files =
        [
            new("S.cs", "/// <summary>S.</summary>\npublic static partial class S\n{\n}\n"),
            new("S.Part.cs", "public static partial class S\n{\n    public const int A = 1;\n}\n"),
        ];
        Offenders.AssertNone("documented samples", SourceStyle.Undocumented(files));
    }
}
