using System;
using System.IO;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab.Plans;

/// <summary>What a scenario may say that somebody has written or changed.</summary>
internal static class ScenarioRules
{
    private const long WeekMs = 7L * 24 * 3600 * 1000;
    private const int LargestPayload = 10_000_000;
    private const int Word = 65_535;

    /// <summary>Looks at everything.</summary>
    /// <exception cref="InvalidDataException">A value cannot be; it says which.</exception>
    public static void Check(Scenario scenario)
    {
        Require(PlanRules.IsSubject(scenario.Subject), "scenario.subject",
            $"is no board and not pc: \"{scenario.Subject}\"");
        PlanRules.Within(scenario.FaultsEndMs, 0, WeekMs, "scenario.faultsEndMs");
        PlanRules.Within(scenario.NativeKb, 1, int.MaxValue, "scenario.nativeKb");
        PlanRules.Within(scenario.SendBytes, 0, int.MaxValue, "scenario.sendBytes");
        Require(scenario.Limits != null, "scenario.limits", "is null");
        Require(scenario.Settings != null, "scenario.settings", "is null");
        Require(scenario.Clients != null, "scenario.clients", "is null");
        Require(scenario.Events != null, "scenario.events", "is null");
        CheckLimits(scenario);
        for (int i = 0; i < scenario.Clients!.Count; i++)
        {
            CheckClient(scenario.Clients[i], $"scenario.clients[{i}]");
        }

        long lastMs = 0;
        for (int i = 0; i < scenario.Events!.Count; i++)
        {
            string name = $"scenario.events[{i}]";
            CheckEvent(scenario.Events[i], scenario.Clients.Count, name);
            long atMs = scenario.Events[i].AtMs;
            Require(atMs >= lastMs, name + ".atMs",
                $"is {atMs}, and the event before it comes at {lastMs}: sort them by time");
            lastMs = atMs;
        }
    }

    private static void CheckLimits(Scenario scenario)
    {
        try
        {
            SubjectLimits.Of(scenario, AllBoards.Find(scenario.Subject)).Validate();
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"scenario.limits: {e.Message}");
        }

        try
        {
            SubjectLimits.SettingsOf(scenario).Validate(
                SubjectLimits.Of(scenario, AllBoards.Find(scenario.Subject)));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"scenario.settings: {e.Message}");
        }
    }

    private static void CheckClient(ClientSpec? client, string name)
    {
        Require(client != null, name, "is null");
        Require(client!.Id != null && client.Id.Length <= Word, name + ".id",
            "must be text of at most 65535 characters");
        Require(client.Version is 4 or 5, name + ".version", $"is {client.Version}, not 4 or 5");
        Require(client.Will == null || TopicRules.IsName(client.Will), name + ".will",
            "is no Topic Name");
        PlanRules.Within(client.KeepAliveS, 0, Word, name + ".keepAliveS");
        PlanRules.Within(client.WillBytes, 0, Word, name + ".willBytes");
        PlanRules.Within(client.MaxPacketSize, 0, int.MaxValue, name + ".maxPacketSize");
        PlanRules.Within(client.ComebackMs, 0, int.MaxValue, name + ".comebackMs");
        PlanRules.Within(client.WillQos, 0, 2, name + ".willQos");
        PlanRules.Within(client.ExpiryS, 0, int.MaxValue, name + ".expiryS");
        PlanRules.Within(client.ReceiveMaximum, 0, Word, name + ".receiveMaximum");
        PlanRules.Within(client.AckMs, 0, Word, name + ".ackMs");
        PlanRules.Within(client.Refusals, 0, 100, name + ".refusals");
        PlanRules.Within(client.LatencyMs, 0, Word, name + ".latencyMs");
        PlanRules.Within(client.JitterMs, 0, Word, name + ".jitterMs");
        PlanRules.Within(client.LossPerMille, 0, 1000, name + ".lossPerMille");
        PlanRules.Within(client.BytesPerS, 0, int.MaxValue, name + ".bytesPerS");
        PlanRules.Within(client.CutBytes, 0, int.MaxValue, name + ".cutBytes");
    }

    private static void CheckEvent(Happening? what, int clients, string name)
    {
        Require(what != null, name, "is null");
        Require(Enum.IsDefined(what!.Do), name + ".do", $"is {what.Do}, which nobody can do");
        if (what.Do is not (Deed.Outage or Deed.Reboot or Deed.ClockStep))
        {
            Require(what.Client >= 0 && what.Client < clients, name + ".client",
                $"is {what.Client}, and there are {clients}, counted from 0");
        }

        PlanRules.Within(what.AtMs, 0, WeekMs, name + ".atMs");
        PlanRules.Within(what.ForMs, 0, WeekMs, name + ".forMs");
        PlanRules.Within(what.Bytes, 0, LargestPayload, name + ".bytes");
        PlanRules.Within(what.Qos, 0, 2, name + ".qos");
        PlanRules.Within(what.Options, 0, byte.MaxValue, name + ".options");
        PlanRules.Within(what.ExpiryS, 0, int.MaxValue, name + ".expiryS");
        Require(what.Do is not (Deed.Subscribe or Deed.Unsubscribe)
            || (what.Topic != null && TopicRules.IsFilter(what.Topic)), name + ".topic",
            "is no Topic Filter");
        Require(what.Do != Deed.Publish || (what.Topic != null && TopicRules.IsName(what.Topic)),
            name + ".topic", "is no Topic Name");
        Require(what.Do != Deed.SendBytes || (what.Hex is { Length: > 0 } hex
            && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit)), name + ".hex",
            "must be an even number of hex digits");
    }

    private static void Require(bool holds, string name, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"{name} {what}");
        }
    }
}
