using System;
using System.IO;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Check;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// The firmware's own loop, network state machine and chores in the virtual network. What the
/// firmware leaves to threads are events.
/// </summary>
internal sealed class BoardSubject : Subject
{
    private const int MostTurns = 10_000;

    private readonly BoardProfile _board;
    private readonly Radio _radio;
    private readonly Surroundings _where = new()
    {
        StorageRoot = Path.Combine(Path.GetTempPath(), "no such storage") + Path.DirectorySeparatorChar,
        SettledMs = int.MaxValue,
    };

    private BrokerLoop? _loop;
    private Chores? _chores;

    public BoardSubject(VirtualStack net, Radio radio, BoardProfile board, BrokerLimits limits,
        BrokerSettings settings, Facts facts)
        : base(net, limits, settings, facts)
    {
        _board = board;
        _radio = radio;
        radio.Target = board.Target;
        radio.After = (ms, what) => net.After(ms, what);
        radio.Log = Environment.GetEnvironmentVariable("LABLOG") != null ? Console.Error.WriteLine : _ => { };
    }

    /// <summary>Times that the firmware asked for a reboot.</summary>
    public int Reboots { get; private set; }

    /// <inheritdoc/>
    public override void Start()
    {
        _radio.Boot();
        var config = new DeviceConfig(_board.Target) { Board = _board };
        var note = new RebootNote(_where);
        var figures = new DeviceFigures(note.Last, config.Error);
        MqttBroker broker = MakeBroker();
        broker.SetHost(figures);
        _loop = new BrokerLoop(broker, Limits, _where, 1883);
        figures.Loop = _loop;
        _chores = new Chores(_where, config, figures, note, new Watchdog(_where, note),
            new StatusLed(_board), _loop, broker);
        _chores.Start(Net.NowMs);
    }

    /// <inheritdoc/>
    public override void RunUntil(long ms)
    {
        while (Net.NowMs < ms)
        {
            Turn();
            long next = Math.Min(Net.NextEventMs, Net.NowMs + _where.ChoresMs);
            next = Broker == null ? next : Math.Min(next, Broker.NextDeadlineMs());
            Net.RunUntil(Math.Min(ms, Math.Max(Net.NowMs + 1, next)));
        }
    }

    /// <inheritdoc/>
    public override void CutPower()
    {
        _chores?.Stop();
        _chores = null;
        _loop = null;
        _radio.Off();
        base.CutPower();
    }

    /// <inheritdoc/>
    public override void SetAir(bool isThere)
    {
        base.SetAir(isThere);
        if (isThere)
        {
            _radio.Restore();
        }
        else
        {
            _radio.Lose();
        }
    }

    private void Turn()
    {
        bool isBusy = _loop != null;
        for (int i = 0; isBusy; i++)
        {
            if (i == MostTurns)
            {
                throw new CheckFailedException("loop", "the firmware's loop spins");
            }

            long now = Net.NowMs;
            string? reason = _chores!.Turn(now);
            if (reason != null)
            {
                Reboots++;
                Broker!.Shutdown(now);
                _loop!.Turn(now);
                CutPower();
                Start();
                return;
            }

            isBusy = _loop!.Turn(now);
        }
    }
}
