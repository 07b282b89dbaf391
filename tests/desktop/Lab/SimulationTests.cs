using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using EdgeBroker.Simulator.Lab.Plans;
using EdgeBroker.Simulator.Lab.Record;
using EdgeBroker.Simulator.Lab.Run;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>Some seeds of each plan; docs/laboratory.md says how many more were played.</summary>
[TestClass]
public sealed class SimulationTests
{
    private const int Seeds = 6;

    [TestMethod]
    [DataRow("calm", "pc")]
    [DataRow("calm", "esp32")]
    [DataRow("flaky", "pc")]
    [DataRow("flaky", "esp32")]
    [DataRow("flaky", "esp32-c3")]
    [DataRow("hostile", "pc")]
    [DataRow("hostile", "esp32")]
    [DataRow("storm", "pc")]
    [DataRow("storm", "esp32-c3")]
    [DataRow("swarm", "pc")]
    [DataRow("swarm", "esp32")]
    [DataRow("crowd", "pc")]
    [DataRow("crowd", "esp32-c3")]
    [DataRow("pressure", "pc")]
    [DataRow("pressure", "esp32")]
    [DataRow("sessions", "pc")]
    public void Plan_NothingIsWrong(string name, string board)
    {
        Plan plan = PlanFile.Load(name);
        long delivered = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            Outcome outcome = SimulationLabs.Run(ScenarioMaker.Make(plan, seed, board));
            Assert.IsNull(outcome.Checker, $"seed {seed}: {outcome.Checker}: {outcome.What}");
            delivered += outcome.Delivered;
        }

        Assert.IsGreaterThan(Seeds * 20, delivered, "hardly anything happened");
    }

    [TestMethod]
    [DataRow("flaky")]
    [DataRow("swarm")]
    public void SameSeeds_GiveTheSameTrace_HoweverManyRunAtATime(string name)
    {
        ulong[] traces = [.. new[] { 1, 1, 3 }.Select(jobs =>
        {
            var runner = new SeedRunner(PlanFile.Load(name), null, 40, 8);
            runner.Run(jobs, _ => { });
            Assert.IsNull(runner.Failure, $"{runner.Failure}");
            Assert.AreEqual(8, runner.Done);
            return runner.Trace;
        })];

        Assert.AreEqual(traces[0], traces[1], "two runs");
        Assert.AreEqual(traces[0], traces[2], "three at a time");
        var others = new SeedRunner(PlanFile.Load(name), null, 41, 8);
        others.Run(1, _ => { });
        Assert.AreNotEqual(traces[0], others.Trace, "other seeds");
    }

    [TestMethod]
    public void Interrupted_EndsWithWhatWasPlayed()
    {
        using var cancel = new CancellationTokenSource();
        var runner = new SeedRunner(PlanFile.Load("calm"), null, 1, int.MaxValue / 2);
        runner.Run(1, _ => cancel.Cancel(), cancel.Token);
        (int done, ulong trace) = (runner.Done, runner.Trace);
        Assert.IsLessThan(10_000, done);
        Assert.IsNull(runner.Failure);

        var same = new SeedRunner(PlanFile.Load("calm"), null, 1, done);
        same.Run(2, _ => { });
        Assert.AreEqual(trace, same.Trace, "the runs that are counted are whole");
    }

    [TestMethod]
    public void MessagesThatNobodyGot_AreCountedByReason()
    {
        var runner = new SeedRunner(PlanFile.Load("swarm"), null, 1, 6);
        runner.Run(1, _ => { });
        Assert.IsGreaterThan(0L, runner.Missing.GetValueOrDefault("the client was slow"));
        Assert.DoesNotContain("not subscribed", runner.Missing.Keys);
    }

    [TestMethod]
    public void Recording_OfASimulation_IsPlayedAgainToTheSameBytes()
    {
        string path = Path.GetTempFileName();
        try
        {
            Plan plan = PlanFile.Load("storm");
            Scenario scenario = ScenarioMaker.Make(plan, 5, Simulation.Pc);
            scenario = scenario with
            {
                Events = [.. scenario.Events.Where(e => e.Do != Deed.Reboot)],
            };
            Outcome plain = SimulationLabs.Run(scenario);
            Outcome recorded = SimulationLabs.Run(scenario, path);
            Assert.AreEqual(plain.Trace, recorded.Trace, "recording changes nothing");

            using FileStream file = File.OpenRead(path);
            var reader = new RecordingReader(file);
            ReplayResult result = new Player(reader, reader.What).Play();
            Assert.IsNull(result.Difference);
            Assert.IsGreaterThan(100L, result.Verbs);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void Scenario_WrittenDownAndRead_IsTheSameRun()
    {
        string path = Path.GetTempFileName();
        try
        {
            Scenario scenario = ScenarioMaker.Make(PlanFile.Load("swarm"), 3);
            File.WriteAllText(path, PlanFile.Text("a test", scenario));
            Scenario read = ScenarioMaker.Make(PlanFile.Load(path), 99);
            Assert.AreEqual(SimulationLabs.Run(scenario).Trace, SimulationLabs.Run(read).Trace);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [DataRow("{ \"clients\": [5, 2] }", "line 1")]
    [DataRow("{ \"clientz\": 5 }", "clientz")]
    [DataRow("{\n \"seconds\": \"x\" }", "line 2")]
    [DataRow("", "line 1")]
    [DataRow("null", "empty")]
    [DataRow("{ \"clients\": -3 }", "clients is -3")]
    [DataRow("{ \"clients\": 1e9 }", "clients is 1000000000")]
    [DataRow("{ \"seconds\": 1e308 }", "seconds")]
    [DataRow("{ \"faultMs\": -100 }", "faultMs")]
    [DataRow("{ \"subjects\": [\"esp99\"] }", "subjects has esp99")]
    [DataRow("{ \"subjects\": [null] }", "subjects has null")]
    [DataRow("{ \"subjects\": [] }", "subjects is empty")]
    [DataRow("{ \"limits\": [\"tigth\"] }", "limits has tigth")]
    [DataRow("{ \"versions\": [3] }", "versions has 3")]
    [DataRow("{ \"bytes\": [-1] }", "bytes has -1")]
    public void PlanThatCannotBeUnderstood_IsAnErrorThatNamesThePlace(string text, string where)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            var e = Assert.ThrowsExactly<InvalidDataException>(() => PlanFile.Load(path));
            StringAssert.Contains(e.Message, where);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [DataRow("subject", "\"esp99\"", "subject is no board")]
    [DataRow("faultsEndMs", "-5", "faultsEndMs is -5")]
    [DataRow("faultsEndMs", "9223372036854775807", "faultsEndMs")]
    [DataRow("limits", "{ \"Foo\": 1 }", "limits: there is no Foo")]
    [DataRow("limits", "{ \"MaxConnections\": 0 }", "limits: MaxConnections is 0")]
    [DataRow("limits", "null", "limits is null")]
    [DataRow("settings", "{ \"MaxQos\": 300 }", "settings: MaxQos cannot be 300")]
    [DataRow("clients", "[null]", "clients[0] is null")]
    [DataRow("clients", "[{ \"id\": \"a\", \"version\": 9 }]", "clients[0].version is 9")]
    [DataRow("clients", "[{ \"id\": \"a\", \"keepAliveS\": -4 }]", "clients[0].keepAliveS")]
    [DataRow("events", "[null]", "events[0] is null")]
    [DataRow("events", "[{ \"atMs\": 1, \"do\": \"ping\", \"client\": 5 }]", "[0].client is 5")]
    [DataRow("events", "[{ \"atMs\": -1, \"do\": \"ping\" }]", "events[0].atMs is -1")]
    [DataRow("events", "[{ \"atMs\": 1, \"do\": 99 }]", "events[0].do is 99")]
    [DataRow("events", "[{ \"atMs\": 1, \"do\": \"subscribe\" }]", "events[0].topic")]
    [DataRow("events", "[{ \"atMs\": 1, \"do\": \"sendBytes\", \"hex\": \"xy\" }]", "[0].hex")]
    [DataRow("events", "[{ \"atMs\": 9, \"do\": \"ping\" }, { \"atMs\": 1, \"do\": \"ping\" }]",
        "events[1].atMs is 1")]
    public void ScenarioThatCannotBe_IsAnErrorThatNamesThePlace(
        string member, string value, string where)
    {
        string path = Path.GetTempFileName();
        try
        {
            JsonNode scenario = JsonNode.Parse("""
                { "subject": "pc", "faultsEndMs": 9, "clients": [{ "id": "a" }], "events": [] }
                """);
            scenario[member] = JsonNode.Parse(value);
            File.WriteAllText(path, new JsonObject { ["scenario"] = scenario }.ToJsonString());
            var e = Assert.ThrowsExactly<InvalidDataException>(() => PlanFile.Load(path));
            StringAssert.Contains(e.Message, "scenario." + (where.StartsWith('[') ? member : ""));
            StringAssert.Contains(e.Message, where);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void RangeOfAPlan_ThatCannotBe_IsAnError()
    {
        string[] names = [.. typeof(Plan).GetProperties()
            .Where(p => p.PropertyType == typeof(Simulator.Lab.Plans.Range))
            .Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..])];
        Assert.IsGreaterThan(30, names.Length);
        foreach (string name in names)
        {
            var e = Assert.ThrowsExactly<InvalidDataException>(
                () => PlanFile.Parse($"{{ \"{name}\": -5 }}", "a plan"), name);
            StringAssert.Contains(e.Message, name);
        }
    }

    [TestMethod]
    public void PlanThatIsNotThere_IsAnErrorThatNamesThePlans()
    {
        var e = Assert.ThrowsExactly<InvalidDataException>(() => PlanFile.Load("stormy"));
        StringAssert.Contains(
            e.Message, "calm, crowd, flaky, hostile, pressure, sessions, storm, swarm");
    }
}
