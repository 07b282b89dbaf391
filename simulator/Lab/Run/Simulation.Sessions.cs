using System.Collections.Generic;
using EdgeBroker.Simulator.Lab.Check;

namespace EdgeBroker.Simulator.Lab.Run;

// What clients have to know of the broker's sessions, and how those end that are left.
public sealed partial class Simulation
{
    private const int SweepMs = 2000; // Even one CONNECT in a second is not too many.
    private const int MostSessions = 1000;

    // [MQTT-3.1.2-4]
    private void EndSessions()
    {
        for (int tries = 0; _facts.States is [var state, ..]; tries++)
        {
            if (tries >= MostSessions)
            {
                throw new CheckFailedException("sessions", $"{state} does not end");
            }

            new Sweeper(_net, _clients.Length + 2).End(state.ClientId);
            _subject.RunUntil(_net.NowMs + SweepMs);
        }
    }

    // Those of 3.1.1 are not told how much the broker takes.
    private static int QuotaOfOld(Scenario scenario) =>
        scenario.Limits.GetValueOrDefault("MaxInflight") > 0
            ? scenario.Limits.GetValueOrDefault("ReceiveMaximum", ushort.MaxValue)
            : ushort.MaxValue;
}
