using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Threading;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// The firmware's own loop, DeviceProgram.Serve, one turn at a time. It has a thread of its own,
/// which stands still where a turn begins: where it asks for the time.
/// </summary>
internal sealed class ServedProgram : IDisposable
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    // Before the first turn the time is asked for twice.
    private const int QuestionsBefore = 3;

    private const string Space = "EdgeBroker.Firmware.";

    private readonly object _program;
    private readonly VirtualStack _net;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _mayTurn = new(0);
    private readonly SemaphoreSlim _hasTurned = new(0);
    private Exception? _failure;
    private bool _isStopping;
    private bool _hasSlept;

    /// <summary>A board that is switched off.</summary>
    /// <param name="board">The board.</param>
    /// <param name="net">Its network.</param>
    /// <param name="radio">The rest of what a PC has not.</param>
    /// <param name="settings">Behaviour of the core.</param>
    public ServedProgram(
        BoardProfile board, VirtualStack net, Radio radio, BrokerSettings settings)
    {
        radio.Target = board.Target;
        radio.After = (ms, what) => net.After(ms, what);
        radio.Log = _ => { };
        radio.Boot();

        object where = Make("Surroundings");
        Set(where, "StorageRoot",
            Path.Combine(Path.GetTempPath(), "no such storage") + Path.DirectorySeparatorChar);
        where.GetType().GetProperty("SettledMs")!.SetValue(where, int.MaxValue);
        object config = Make("DeviceConfig", board.Target);
        Set(config, "Board", board);
        object note = Make("RebootNote", where);
        object figures = Make("DeviceFigures", "", null);
        var broker = new MqttBroker(
            board.Limits, settings, new OpenAuthenticator(true), null, net.NowMs);
        broker.SetHost((HostFigures)figures);
        object loop = Make("BrokerLoop", broker, board.Limits, where, 1883);
        Set(figures, "Loop", loop);
        _program = Make("DeviceProgram", where);
        foreach ((string field, object value) in new Dictionary<string, object>
        {
            ["_note"] = note,
            ["_watchdog"] = Make("Watchdog", where, note),
            ["_led"] = Make("StatusLed", board),
            ["_config"] = config,
            ["_figures"] = figures,
            ["_broker"] = broker,
            ["_loop"] = loop,
        })
        {
            Set(_program, field, value);
        }

        _net = net;
        CostMeter.Clock = Ask;
        CostMeter.Sleep = _ => _hasSlept = true;
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
        for (int i = 0; i < QuestionsBefore; i++)
        {
            Turn();
        }
    }

    /// <summary>Lets the loop turn once; no time passes.</summary>
    public void Turn()
    {
        _mayTurn.Release();
        _hasTurned.Wait();
        if (_failure != null)
        {
            throw new InvalidOperationException("the firmware failed", _failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isStopping = true;
        _program.GetType().GetMethod("Stop")!.Invoke(_program, null);
        _mayTurn.Release();
        _thread.Join();
    }

    private void Serve()
    {
        try
        {
            _mayTurn.Wait();
            (_program.GetType().GetMethod("Serve", Hidden)
                ?? throw new MissingMethodException("DeviceProgram", "Serve"))
                .Invoke(_program, null);
        }
        catch (Exception e)
        {
            _failure = e;
        }

        _hasTurned.Release();
    }

    // After a Sleep the loop asks once more: that is still the same turn.
    private long Ask()
    {
        if (!_hasSlept && !_isStopping)
        {
            _hasTurned.Release();
            _mayTurn.Wait();
        }

        _hasSlept = false;
        return _net.NowMs;
    }

    private static object Make(string type, params object?[] arguments) =>
        Activator.CreateInstance(
            typeof(VirtualStack).Assembly.GetType(Space + type, true)!, arguments)!;

    private static void Set(object owner, string field, object value) =>
        (owner.GetType().GetField(field, Hidden | BindingFlags.Public)
            ?? throw new MissingFieldException(owner.GetType().Name, field))
        .SetValue(owner, value);
}
