using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Capacity;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Capacity;

/// <summary>Fleet files: what they may say, and what is said of those that are wrong.</summary>
[TestClass]
public sealed class FleetFileTests
{
    [TestMethod]
    public void Sample_IsTwelveSensorsAndThreeDashboards()
    {
        Fleet fleet = FleetFile.Parse(Repository.Read("samples/fleets/house.json"), "house");
        FleetNode[] nodes = [.. fleet.Nodes()];
        Assert.AreEqual("12 sensor, 3 dashboard",
            string.Join(", ", fleet.Groups.Select(g => $"{g.Count} {g.Name}")));
        Assert.HasCount(15, nodes);
        Assert.AreEqual("sensor-12", nodes[11].Id);
        Assert.AreEqual("house/12/temperature", nodes[11].Publications[0].Topic);
        Assert.AreEqual(0.1, nodes[11].Publications[0].Rate, 0.0001);
        Assert.AreEqual("house/12/online", nodes[11].Will.Topic);
        Assert.AreEqual("house/12/interval", nodes[11].Filters.Single());
        Assert.AreEqual(5, nodes[14].Group.Version);
    }

    [TestMethod]
    [DataRow("", "line 1:")]
    [DataRow("{ x }", "line 1: 'x' is an invalid start")]
    [DataRow("nu\u001b[31m", "line 1: this is not JSON")]
    [DataRow("null", "it is empty")]
    [DataRow("{ }", "groups is empty")]
    [DataRow("{\n \"groups\": [{ \"nam\": \"a\" }] }", "line 2: there is no \"nam\"")]
    [DataRow("{ \"groups\": [{ \"name\": \"a\", \"count\": \"x\" }] }",
        "groups[0].count has a value of another kind")]
    [DataRow("{ \"groups\": [null] }", "groups[0] is null")]
    [DataRow("{ \"groups\": [{ \"count\": 1 }] }", "groups[0].name is missing")]
    [DataRow("{ \"groups\": [{ \"name\": \"a\" }, { \"name\": \"a\" }] }", "two clients")]
    [DataRow("{ \"groups\": [{ \"name\": \"a\", \"clientId\": \"x\" },"
        + "{ \"name\": \"a\", \"clientId\": \"y\" }] }", "\"a\" twice")]
    [DataRow("{ \"groups\": [{ \"name\": \"a\", \"count\": 0 }] }", "number of clients is 0")]
    [DataRow("{ \"groups\": [{ \"name\": \"a\" }],\n \"groups\": [{ \"name\": \"b\" }] }",
        "line 2: Duplicate property 'groups'")]
    [DataRow("{ \"about\": \"a\\u001bb\", \"groups\": [{ \"name\": \"a\" }] }",
        "about has a character that cannot be shown")]
    [DataRow("{ \"groups\": [{ \"name\": \"a\\n\" }] }", "groups[0].name has a character")]
    [DataRow("{ \"groups\": [{ \"name\": \"a\", \"x\\u001b\": 1 }] }",
        "there is no \"x\\u{1B}\" in a fleet file")]
    public void FileThatCannotBeUnderstood_IsAnErrorThatNamesThePlace(string text, string where) =>
        StringAssert.Contains(Error(text), where);

    [TestMethod]
    [DataRow("\"count\": -1", "count is -1; it must be 0 to 1000")]
    [DataRow("\"count\": 1001", "count is 1001")]
    [DataRow("\"count\": 2, \"clientId\": \"same\"", "\"same\" belongs to two clients; put {n}")]
    [DataRow("\"version\": 3", "version is 3")]
    [DataRow("\"keepAliveS\": 65536", "keepAliveS is 65536")]
    [DataRow("\"publishes\": null", "publishes is null")]
    [DataRow("\"publishes\": [null]", "publishes[0] is null")]
    [DataRow("\"publishes\": [{ \"bytes\": 1 }]", "publishes[0].topic is \"\"")]
    [DataRow("\"publishes\": [{ \"topic\": \"a/+\" }]", "no Topic Name")]
    [DataRow("\"publishes\": [{ \"topic\": \"a\", \"bytes\": -1 }]", "publishes[0].bytes is -1")]
    [DataRow("\"publishes\": [{ \"topic\": \"a\", \"everyS\": -1 }]", "everyS is -1")]
    [DataRow("\"publishes\": [{ \"topic\": \"a\", \"everyS\": 1e-9 }]", "everyS is 1E-09")]
    [DataRow("\"publishes\": [{ \"topic\": \"a\", \"perS\": 1e9 }]", "perS is 1000000000")]
    [DataRow("\"publishes\": [{ \"topic\": \"a\", \"perS\": 1, \"everyS\": 1 }]", "both")]
    [DataRow("\"publishes\": [{ \"topic\": \"a\", \"qos\": 2 }]", "publishes[0].qos is 2")]
    [DataRow("\"subscribes\": null", "subscribes is null")]
    [DataRow("\"subscribes\": [null]", "subscribes[0] must be text")]
    [DataRow("\"subscribes\": [\"a#\"]", "no Topic Filter")]
    [DataRow("\"subscribes\": [\"$share/g/a\"]", "no Shared Subscriptions")]
    [DataRow("\"subscribes\": [\"a\\u0000\"]", "subscribes[0] has a character that cannot")]
    [DataRow("\"clientId\": \"\\uffff\"", "clientId has a character that cannot be shown")]
    [DataRow("\"will\": { \"topic\": \"#\" }", "will.topic is \"#\"")]
    [DataRow("\"will\": { \"topic\": \"a\", \"bytes\": 70000 }", "will.bytes is 70000")]
    public void ValueThatCannotBe_IsAnErrorThatNamesThePlace(string member, string where)
    {
        string error = Error($"{{ \"groups\": [{{ \"name\": \"a\", {member} }}] }}");
        StringAssert.StartsWith(error, "a fleet: ");
        StringAssert.Contains(error, where);
        Assert.DoesNotContain('\n', error);
        Assert.DoesNotContain("EdgeBroker.", error, "names of types tell nothing");
    }

    [TestMethod]
    public void FileThatIsNotThere_IsAnErrorThatNamesIt() => StringAssert.StartsWith(
        Assert.ThrowsExactly<InvalidDataException>(() => FleetFile.Load("no/fleet.json")).Message,
        "no/fleet.json cannot be read: ");

    private static string Error(string text) =>
        Assert.ThrowsExactly<InvalidDataException>(() => FleetFile.Parse(text, "a fleet")).Message;
}
