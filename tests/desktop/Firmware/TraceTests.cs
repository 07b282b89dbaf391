using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The last packet headers of a board, from the ring to the lines of replay.</summary>
[TestClass]
public sealed class TraceTests
{
    private const int MostLetters = 78;
    private const int MostTurns = 1000;
    private const string TooHighQos = "the QoS is higher than supported [MQTT-3.2.2-11] (0x9B)";

    // PUBLISH at QoS 2 to "t", which this broker does not take.
    private static readonly byte[] _forbidden = [0x34, 5, 0, 1, (byte)'t', 0, 1];

    private readonly List<string> _console = [];
    private readonly Surroundings _where = new();

    private MqttBroker _broker;

    [TestMethod]
    public void Ring_KeepsTheLastVerbsWhole()
    {
        var ring = new TraceRing((3 * TraceRing.PlaceBytes) + 7);
        byte[] bytes = [.. Enumerable.Range(0, 40).Select(i => (byte)i)];
        byte[] head = new byte[TraceRing.HeadBytes];
        ring.Opened(MqttBroker.None, 9, 1);
        Assert.AreEqual(1, ring.Count());
        Assert.AreEqual(MqttBroker.None, ring.SlotOf(0));
        for (int i = 0; i < 10; i++)
        {
            ring.Received(5, bytes, i, 30, 100 + i);
            ring.Ticked(100 + i);
            ring.Transmitted(63, bytes, 0, 1024, i, (1L << 32) + 200 + i);
        }

        Assert.AreEqual(3, ring.Count());
        Assert.AreEqual((TraceRing.Transmit, 63, 8, 208),
            (ring.KindOf(0), ring.SlotOf(0), ring.CountOf(0), ring.TimeOf(0)));
        Assert.AreEqual((TraceRing.Receive, 5, 30, 109),
            (ring.KindOf(1), ring.SlotOf(1), ring.CountOf(1), ring.TimeOf(1)));
        Assert.AreEqual(TraceRing.HeadBytes, ring.ReadHead(1, head, 0));
        CollectionAssert.AreEqual(bytes[9..25], head);
        Assert.AreEqual(9, ring.ReadHead(2, head, 0));
        ring.Clear();
        Assert.AreEqual(0, ring.Count());
    }

    [TestMethod]
    public void Fault_IsPrintedWithTheLastPacketsOfItsClient()
    {
        TraceDump dump = Make(2000);
        int slot = Connected("wall", 1_000_000);
        Send(slot, 1_000_003, [0x30, 30, 0, 18, .. "home/kitchen/light"u8, .. "0123456789"u8]);
        Send(slot, 1_000_020, [0xC0, 0]);
        _broker.Block(slot, 1_000_021);
        Send(slot, 1_070_000, _forbidden);
        _broker.Close(slot, 1_070_002);
        WriteOut(dump, 1_070_050);
        string[] said = Printed();
        CollectionAssert.AreEqual(new[]
        {
            "trace of a board, in seconds since its start:",
            "  1000.000 #0    opens",
            "  1000.000 #0    -> CONNECT v4 keepalive=0 clean (18 bytes)",
            "  1000.000 #0    <- CONNACK 0x00",
            "  1000.003 #0    -> PUBLISH \"home/kitchen\"... qos=0 (32 bytes)",
            "  1000.020 #0    -> PINGREQ",
            "  1000.020 #0    <- PINGRESP",
            "  1000.021 #0    takes no more for now",
            "  1070.000 #0    -> PUBLISH \"t\" qos=2 id=1 0:",
            "  1070.000 #0    \"wall\" !! closed by the broker: " + TooHighQos,
        }, said, string.Join('\n', said.Concat(_console)));
    }

    [TestMethod]
    public void Writing_IsALineATurnAndOnceAMinute()
    {
        TraceDump dump = Make(2000);
        for (int fault = 0; fault < 100; fault++)
        {
            int slot = Connected("c" + fault, fault * 100);
            Send(slot, fault * 100, _forbidden);
            _broker.Close(slot, fault * 100);
            int before = _console.Count;
            dump.Turn((fault * 100) + 50);
            Assert.IsLessThanOrEqualTo(before + 1, _console.Count);
        }

        Assert.AreEqual(1, Begun());
        Assert.IsTrue(_console.All(line => line.Length <= MostLetters
            || line.StartsWith("trace begins", StringComparison.Ordinal)));
        WriteOut(dump, 10_000);
        int late = Connected("late", 100_000);
        dump.Turn(100_000);
        Send(late, 100_001, _forbidden);
        WriteOut(dump, 100_002);
        Assert.AreEqual(2, Begun(), "the minute is over");
        StringAssert.Contains(string.Join('\n', Printed()), "\"late\" !! closed by the broker: ");
    }

    [TestMethod]
    public void Takeover_IsNoFault()
    {
        TraceDump dump = Make(2000);
        Connected("same", 10);
        Connected("same", 20);
        WriteOut(dump, 30);
        Assert.IsEmpty(_console);
    }

    [TestMethod]
    public void Crash_WritesEverythingAtOnce()
    {
        TraceDump dump = Make(2000);
        Connected("wall", 5000);
        dump.WriteAll("the program crashed", 6000);
        string text = string.Join('\n', Printed());
        StringAssert.Contains(text, "<- CONNACK 0x00");
        StringAssert.Contains(text, "the board: the program crashed");
    }

    [TestMethod]
    public void TraceThatIsNotWhole_IsPrintedAndSaid()
    {
        TraceDump dump = Make(2000);
        int slot = Connected("wall", 1000);
        Send(slot, 1001, _forbidden);
        WriteOut(dump, 1050);
        int lines = _console.Count;
        for (int i = 1; i < lines; i++)
        {
            string[] without = [.. _console.Where((_, line) => line != i)];
            StringAssert.Contains(string.Join('\n', TraceConsole.Printed(out int gaps, without)),
                "the trace is not whole: ");
            Assert.IsGreaterThan(0, gaps);
        }

        string[] damaged = [.. _console];
        damaged[1] = damaged[1].Replace("10", "11");
        Assert.AreNotEqual(damaged[1], _console[1]);
        TraceConsole.Printed(out int damages, damaged);
        Assert.IsGreaterThan(0, damages);
        string[] other = [.. _console.Select(line => "12:01:02 [com3] " + line + "\r")];
        CollectionAssert.AreEqual(Printed(), TraceConsole.Printed(out _, other));
    }

    private TraceDump Make(int size)
    {
        Radio.Current = new Radio { Log = _console.Add };
        var config = new DeviceConfig("ESP32_REV3") { TraceSize = size };
        TraceDump dump = TraceDump.Make(config, _where);
        _broker = new MqttBroker(config.Board.Limits, config.Settings,
            new OpenAuthenticator(true), dump, 0);
        dump.Attach(_broker);
        return dump;
    }

    private int Connected(string id, long now)
    {
        int slot = _broker.Open(0, now);
        Send(slot, now, [0x10, (byte)(12 + id.Length), 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0,
            (byte)id.Length, .. System.Text.Encoding.UTF8.GetBytes(id)]);
        return slot;
    }

    private void Send(int slot, long now, byte[] bytes)
    {
        byte[] buffer = new byte[1024];
        _broker.Receive(slot, bytes, 0, bytes.Length, now);
        while (_broker.Ready() == slot)
        {
            _broker.Transmit(slot, buffer, 0, buffer.Length, now);
            if (_broker.WantsClose(slot))
            {
                return;
            }
        }
    }

    private static void WriteOut(TraceDump dump, long now)
    {
        for (int i = 0; i < MostTurns; i++)
        {
            dump.Turn(now);
        }
    }

    private int Begun() =>
        Lines().Count(line => line.StartsWith("trace begins", StringComparison.Ordinal));

    private string[] Lines() => [.. _console];

    private string[] Printed() => TraceConsole.Printed(out _, Lines());
}
