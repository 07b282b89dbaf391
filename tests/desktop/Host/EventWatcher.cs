using System;
using System.Collections.Generic;
using System.Threading;
using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>Notes what happens in a host's loop, for the test's thread to wait for.</summary>
internal sealed class EventWatcher : BrokerObserver
{
    private const int PatienceMs = 20_000;

    private readonly object _lock = new();
    private readonly List<string> _seen = [];

    public override void On(BrokerEvent what, int slot, byte reasonCode, string why)
    {
        Note(what.ToString());
    }

    /// <summary>Something has happened.</summary>
    public void Note(string what)
    {
        lock (_lock)
        {
            _seen.Add(what);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>How often it has happened so far.</summary>
    public int Count(string what)
    {
        lock (_lock)
        {
            return _seen.FindAll(seen => seen == what).Count;
        }
    }

    /// <summary>Waits until something has happened some times.</summary>
    public void WaitFor(string what, int times = 1)
    {
        long end = Environment.TickCount64 + PatienceMs;
        lock (_lock)
        {
            while (Count(what) < times)
            {
                long left = end - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_lock, (int)left))
                {
                    Assert.Fail($"waited for {what}, but saw: " + string.Join(", ", _seen));
                }
            }
        }
    }
}
