using System;
using System.Collections.Generic;
using System.Reflection;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>Limits and settings of a scenario's broker.</summary>
internal static class SubjectLimits
{
    private const int UsualClients = 100;

    /// <summary>Those of the board or the PC, with what the scenario says.</summary>
    /// <exception cref="ArgumentException">It names one that there is not.</exception>
    public static BrokerLimits Of(Scenario scenario, BoardProfile? board)
    {
        BrokerLimits limits = board?.Limits ?? OfPc(scenario.Clients.Count);
        Apply(limits, scenario.Limits);
        return limits;
    }

    /// <summary>The default, with what the scenario says.</summary>
    /// <exception cref="ArgumentException">It names one that there is not.</exception>
    public static BrokerSettings SettingsOf(Scenario scenario)
    {
        var settings = new BrokerSettings { SysIntervalS = 0 };
        Apply(settings, scenario.Settings);
        return settings;
    }

    // Small enough to be met now and then, and of clients as many as there are.
    private static BrokerLimits OfPc(int clients)
    {
        BrokerLimits limits = new DesktopLimits
        {
            MaxConnections = Math.Max(UsualClients, clients),
            MaxSubscriptions = 20 * Math.Max(UsualClients, clients),
            MaxPacketSize = 100_000,
            MaxQueuedMessages = 500,
            MaxRetainedMessages = 500,
            MemoryLimit = 3_000_000,
            MaxClientIdLength = 100,
            MaxInflight = 0,
        }.ToBrokerLimits();
        limits.MaxQueueEntries = 20_000;
        limits.MaxSharedSubscriptions = 0; // No client of the laboratory has any.
        limits.RouteEntries = 1000;
        limits.RouteResults = 10_000;
        return limits;
    }

    private static void Apply(object target, SortedDictionary<string, int> values)
    {
        foreach ((string name, int value) in values)
        {
            FieldInfo field = target.GetType().GetField(name)
                ?? throw new ArgumentException($"there is no {name} in {target.GetType().Name}");
            try
            {
                field.SetValue(target, field.FieldType.IsEnum
                    ? Enum.ToObject(field.FieldType, value)
                    : Convert.ChangeType(value, field.FieldType));
            }
            catch (OverflowException)
            {
                throw new ArgumentException($"{name} cannot be {value}");
            }
        }
    }
}
