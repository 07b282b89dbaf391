using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Each statement by which the codec refuses a packet has its own test.</summary>
[TestClass]
public sealed class StatementTests
{
    private const string Code =
        "class A\n{\n    string B = \"bad flags [MQTT-2.2.2-2]\"; // [MQTT" + "-9.9.9-9]\n}\n";

    [TestMethod]
    public void Refusals_HaveATestWithTheirNumber()
    {
        SourceText[] codec = Repository.Sources("shared/Codec");
        Assert.IsNotEmpty(Statements.Stated(codec));
        Offenders.AssertNone(
            "statements without test", Statements.Untested(codec, Repository.Sources("tests")));
    }

    [TestMethod]
    [DataRow("Connect_Flags_Closes")]
    [DataRow("Connect_Flags_Closes_MQTT" + "_2_2_2_22")]
    [DataRow("Connect_Flags_Closes_MQTT" + "_2_2_2_3")]
    public void MissingTest_IsSeen(string name) => Offenders.AssertFinds(
        Statements.Untested([new SourceText("A.cs", Code)], [Test(name)]),
        "A.cs:3: [MQTT-2.2.2-2] has no test named MQTT_2_2_2_2");

    [TestMethod]
    [DataRow("Connect_Flags_Closes_MQTT_2_2_2_2")]
    [DataRow("Connect_Flags_Closes_MQTT_3_1_2_3_MQTT_2_2_2_2_AndMore")]
    public void NamedTest_IsFound(string name) => Assert.IsFalse(
        Statements.Untested([new SourceText("A.cs", Code)], [Test(name)]).Any());

    private static SourceText Test(string method) =>
        new("T.cs", $"class T\n{{\n    public void {method}()\n    {{\n    }}\n}}\n");
}
