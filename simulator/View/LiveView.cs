using System;
using System.Threading;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.View;

/// <summary>Shows a running broker in the terminal until it is left.</summary>
public sealed class LiveView : IDisposable
{
    private const int PeriodMs = 500;
    private const int SamplePatienceMs = 400;
    private static readonly TimeSpan _terminalPatience = TimeSpan.FromSeconds(1);

    private readonly Sampler _sampler;
    private readonly Screen _screen;
    private readonly LogBook _log;
    private readonly TerminalScreen _terminal;
    private readonly Action _quit;
    private readonly long _startMs;
    private readonly ViewState _state = new();
    private readonly History _minute = new();
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly bool _hasKeys = Keyboard.Exists();
    private TerminalSignals? _signals;
    private History _history = new();
    private Sample _sample = new();
    private LogLine[] _lines = [];
    private bool _hasLeft;

    /// <param name="sampler">Where the figures come from.</param>
    /// <param name="screen">Draws them.</param>
    /// <param name="log">Keeps the log meanwhile.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="startMs">When the broker started, by the host's clock.</param>
    /// <param name="quit">Ends the broker, as Ctrl+C does.</param>
    public LiveView(Sampler sampler, Screen screen, LogBook log, TerminalScreen terminal,
        long startMs, Action quit)
    {
        _sampler = sampler;
        _screen = screen;
        _log = log;
        _terminal = terminal;
        _startMs = startMs;
        _quit = quit;
    }

    /// <summary>Switches to the second screen and begins to show.</summary>
    public void Start()
    {
        _signals = new TerminalSignals(() => _wake.Set(), Suspend, Resume);
        // An exception that nobody catches is to be read, not to be lost with the second screen.
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Leave();
        lock (_lock)
        {
            _terminal.Enter();
        }

        new Thread(Refresh) { IsBackground = true, Name = "view" }.Start();
        if (_hasKeys)
        {
            new Keyboard(Press).Start();
        }
    }

    /// <summary>Gives the terminal back and prints the log. May be called again.</summary>
    public void Leave()
    {
        // A terminal that takes nothing (Ctrl+S) must not keep the broker from ending.
        if (!_lock.TryEnter(_terminalPatience))
        {
            return;
        }

        try
        {
            if (!_hasLeft)
            {
                _hasLeft = true;
                _terminal.Leave();
                _log.Close();
            }
        }
        finally
        {
            _lock.Exit();
        }

        _wake.Set();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Leave();
        _signals?.Dispose();
    }

    private void Refresh()
    {
        try
        {
            RefreshUntilLeft();
        }
        catch (Exception e)
        {
            // A mistake in a picture is no reason to end a broker.
            Leave();
            Console.Error.WriteLine("the view has failed, the broker goes on without it: " + e);
        }
    }

    private void RefreshUntilLeft()
    {
        long next = 0;
        while (true)
        {
            if (TcpHost.NowMs() >= next)
            {
                next = TcpHost.NowMs() + PeriodMs;
                Sample();
            }

            lock (_lock)
            {
                if (_hasLeft)
                {
                    return;
                }

                Draw();
            }

            _wake.WaitOne((int)Math.Clamp(next - TcpHost.NowMs(), 0, PeriodMs));
        }
    }

    private void Sample()
    {
        Sample? sample = _sampler.Take(SamplePatienceMs);
        if (sample?.Figures is not { } figures)
        {
            return;
        }

        lock (_lock)
        {
            // While the picture stands still the minute goes on: it is there when it moves again.
            _minute.Add(figures);
            if (_state.IsPaused)
            {
                _sampler.GiveBack(sample);
                return;
            }

            _sampler.GiveBack(_sample);
            _sample = sample;
            _history = _minute.Copy();
            _lines = _log.Lines();
        }
    }

    private void Draw()
    {
        if (!_terminal.IsOn || _sample.Figures is not { } figures)
        {
            return;
        }

        int width = Math.Max(1, Console.WindowWidth);
        int height = Math.Max(1, Console.WindowHeight);
        var frame = new Frame(_sample, _history, _lines, _state,
            figures.AtMs - _startMs, _hasKeys);
        _terminal.Show(_screen.Draw(frame, width, height), width);
    }

    private bool Press(ConsoleKeyInfo key)
    {
        lock (_lock)
        {
            _state.Press(key);
        }

        _wake.Set();
        if (_state.WantsQuit)
        {
            _quit();
        }

        return !_state.WantsQuit;
    }

    private void Suspend()
    {
        if (_lock.TryEnter(_terminalPatience))
        {
            _terminal.Leave();
            _lock.Exit();
        }
    }

    private void Resume()
    {
        lock (_lock)
        {
            if (_terminal.IsOn)
            {
                _terminal.Forget();
            }
            else if (!_hasLeft && TerminalCheck.IsInForeground())
            {
                _terminal.Enter();
            }
        }

        _wake.Set();
    }
}
