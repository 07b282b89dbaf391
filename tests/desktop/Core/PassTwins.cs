using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// Two brokers to which the same happens, but one passes on what it may, and the other stores
/// everything. After each verb they have to be alike.
/// </summary>
internal sealed class PassTwins
{
    private const int Room = 160;

    /// <summary>Packets that one has passed and the other has stored.</summary>
    public int Passed;

    /// <summary>Pieces that both have received.</summary>
    public int Stored;

    private readonly byte[] _one = new byte[Room];
    private readonly byte[] _other = new byte[Room];
    private readonly long[] _counters = new long[Counter.Count];
    private readonly long[] _expected = new long[Counter.Count];
    private Lcg _random = new(0);
    private MqttBroker _passing = null!;
    private MqttBroker _storing = null!;
    private long _nowMs;
    private int _slots;
    private int _clients;
    private int _share;
    private string _what = "";

    /// <summary>Plays one story.</summary>
    public void Play(int seed, int steps)
    {
        _random = new Lcg(seed);
        BrokerBench bench = new();
        bench.Limits.MaxQueuedMessages = 1 + _random.Below(12);
        bench.Limits.MaxQueuedBytes = 512 + _random.Below(9) * 60;
        bench.Limits.MessageBlocks = bench.Limits.ReservedBlocks() + 10 + _random.Below(40);
        bench.Limits.MaxQueueEntries = 4 * bench.Limits.Slots() + _random.Below(4);
        bench.Limits.MaxConnectSize = 100;
        bench.Limits.MaxPacketSize = _random.Below(2) == 0 ? 128 : 512;
        bench.Limits.ReceiveSize = Room;
        bench.Limits.MaxRetainedBytes = 256;
        bench.Limits.MaxRetainedMessages = 2;
        bench.Settings.SysIntervalS = _random.Below(3);
        bench.Settings.SlowGraceMs = _random.Below(2) * 50;
        _slots = bench.Limits.Slots();
        _nowMs = bench.NowMs;
        _clients = 0;
        _share = 4 * _random.Below(3);
        _passing = new MqttBroker(
            bench.Limits, bench.Settings, bench.Authenticator, null, _nowMs);
        _storing = new MqttBroker(
            bench.Limits, bench.Settings, bench.Authenticator, null, _nowMs);
        for (int i = 0; i < steps; i++)
        {
            _what = $"seed {seed}, step {i}: ";
            Step();
            Compare();
        }
    }

    private void Step()
    {
        int slot = _random.Below(_slots);
        bool isOpen = _passing.StateOf(slot) != ConnectionState.Free;
        int kind = _random.Below(40);
        if (!isOpen)
        {
            if (_passing.OpenConnections < _slots - 1 || kind == 0)
            {
                Open();
            }
        }
        else if (kind == 0 && _random.Below(3) == 0)
        {
            Close(slot);
        }
        else if (kind < 2)
        {
            _nowMs += _random.Below(60);
            Tick();
        }
        else if (kind < 5 && _passing.Ready() != MqttBroker.None)
        {
            slot = _passing.Ready();
            _passing.Block(slot, _nowMs);
            _storing.Block(slot, _nowMs);
        }
        else if (kind < 18)
        {
            Transmit(slot);
            Offer();
        }
        else
        {
            _nowMs += _random.Below(3);
            Receive(slot, Packet(slot, _passing.VersionOf(slot) == 5));
        }
    }

    private void Open()
    {
        int slot = _passing.Open(0, _nowMs);
        Assert.AreEqual(slot, _storing.Open(0, _nowMs), _what + "Open");
        if (slot != MqttBroker.None)
        {
            _clients++;
            bool isV5 = _random.Below(8) < _share;
            string id = "`c" + (_random.Below(19) > 0 ? slot : 0) + "` ]";
            string[] filters = { "`a` 00", "`b/#` 00 `d/f` 00", "`d/+` 00", "`$SYS/#` 00" };
            string size = _random.Below(3) == 0 ? "[ 27 00 00 00 40 ] " : "[ ] ";
            Receive(slot, isV5
                ? "10 [ `MQTT` 05 02 00 00 " + size + id
                : "10 [ `MQTT` 04 02 00 00 " + id);
            if (_passing.StateOf(slot) == ConnectionState.Connected)
            {
                Receive(slot, "82 [ 00 01 " + (isV5 ? "[ ] " : "")
                    + filters[_clients % filters.Length] + " ]");
            }
        }
    }

    private string Packet(int slot, bool isV5)
    {
        string[] topics = { "a", "b/c", "d/e", "d/f", "nobody" };
        string[] odd =
        {
            "31 [ `a` '1' ]", "32 [ `b/c` 00 01 *9 ]", "c0 00", "30 [ `a` 'x' ] 30 [ `a` ]",
            "30 [ `$SYS/broker/uptime` ]", "30 [ `a+` ]", "30 [ 00 00 ]", "30 [ 00 09 61 ]",
            "30 05 00", "3c [ `a` ]", "30 [ `a` 02 02 00 00 00 09 ]", "30 83 00 00 01 61",
            "30 [ `a` 01 ]", "30 [ 00 01 ff ]", "30 [ `a` *300 ]", "30 [ `a` 00 *400 ]",
        };
        if (_random.Below(60) == 0)
        {
            return odd[_random.Below(odd.Length)];
        }

        int[] sizes = { 0, 1, 16, 50, 60, 90, 94, 95, 100, 120, 121, 122, 123, 124 };
        int topic = _random.Below(4) > 0 ? slot : _random.Below(topics.Length);
        return "30 [ `" + topics[topic % topics.Length] + "` " + (isV5 ? "00 " : "")
            + "*" + sizes[_random.Below(_random.Below(9) > 0 ? 9 : sizes.Length)] + " ]";
    }

    private void Receive(int slot, string text)
    {
        byte[] bytes = Wire.Parse(text);
        for (int at = 0; at < bytes.Length;)
        {
            int window = _passing.ReceiveWindow(slot);
            for (int i = 0; i < 20 && window == 0; i++)
            {
                Offer();
                Tick();
                window = _passing.ReceiveWindow(slot);
            }

            if (window == 0 || _passing.StateOf(slot) == ConnectionState.Free)
            {
                return; // The rest is lost.
            }

            int count = bytes.Length - at < window ? bytes.Length - at : window;
            System.Array.Copy(bytes, at, _one, 0, count);
            at += count;
            int target = _passing.PassesTo(slot, _one, count);
            if (target == MqttBroker.None)
            {
                Stored++;
                _passing.Receive(slot, _one, 0, count, _nowMs);
                _storing.Receive(slot, _one, 0, count, _nowMs);
            }
            else
            {
                Passed++;
                _passing.Pass(slot, target, _one, count, _nowMs);
                _storing.Receive(slot, _one, 0, count, _nowMs);
                AreEqual(count, _storing.Transmit(target, _other, 0, Room, _nowMs));
            }

            Compare();
        }
    }

    private void Offer()
    {
        while (_passing.Ready() != MqttBroker.None)
        {
            Transmit(_passing.Ready());
        }
    }

    private void Transmit(int slot)
    {
        int room = MqttBroker.MinCapacity + _random.Below(Room - MqttBroker.MinCapacity);
        AreEqual(_passing.Transmit(slot, _one, 0, room, _nowMs),
            _storing.Transmit(slot, _other, 0, room, _nowMs));
        if (_passing.WantsClose(slot))
        {
            Close(slot);
        }
    }

    private void Tick()
    {
        _passing.Tick(_nowMs);
        _storing.Tick(_nowMs);
    }

    private void Close(int slot)
    {
        _passing.Close(slot, _nowMs);
        _storing.Close(slot, _nowMs);
    }

    private void AreEqual(int count, int other)
    {
        Assert.AreEqual(count, other, _what + "bytes");
        for (int i = 0; i < count; i++)
        {
            Assert.AreEqual((int)_one[i], (int)_other[i], _what + $"byte {i}");
        }
    }

    private void Compare()
    {
        _passing.ReadCounters(_counters);
        _storing.ReadCounters(_expected);
        for (int i = 0; i < Counter.Count; i++)
        {
            Assert.AreEqual(_expected[i], _counters[i], _what + Counter.NameOf(i));
        }

        for (int i = 0; i < SysTopics.Count; i++)
        {
            Assert.AreEqual(_storing.SysValue(i), _passing.SysValue(i), _what + "$SYS");
        }

        Assert.AreEqual(_storing.Ready(), _passing.Ready(), _what + "Ready");
        Assert.AreEqual(
            _storing.NextDeadlineMs(), _passing.NextDeadlineMs(), _what + "deadline");
        for (int slot = 0; slot < _slots; slot++)
        {
            Assert.AreEqual(
                (int)_storing.StateOf(slot), (int)_passing.StateOf(slot), _what + "state");
            Assert.AreEqual(_storing.HasOutput(slot), _passing.HasOutput(slot), _what);
            Assert.AreEqual(_storing.ReceiveWindow(slot), _passing.ReceiveWindow(slot),
                _what + "window");
        }
    }
}
