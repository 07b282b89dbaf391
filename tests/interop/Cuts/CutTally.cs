using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop.Cuts;

/// <summary>Counts what one subscriber got of what was published.</summary>
internal sealed class CutTally
{
    private readonly object _gate = new();
    private readonly Dictionary<string, bool[]> _got;
    private readonly Dictionary<string, int> _last;
    private readonly Dictionary<string, List<int>> _order;
    private int _count;

    /// <param name="publishers">Their names.</param>
    /// <param name="messages">How many messages each sends.</param>
    public CutTally(IEnumerable<string> publishers, int messages)
    {
        _got = publishers.ToDictionary(name => name, _ => new bool[messages]);
        _last = _got.Keys.ToDictionary(name => name, _ => -1);
        _order = _got.Keys.ToDictionary(name => name, _ => new List<int>());
    }

    /// <summary>Messages that have not come.</summary>
    public int Lost => _got.Values.Sum(got => got.Count(came => !came));

    /// <summary>Messages that came again.</summary>
    public int Twice { get; private set; }

    /// <summary>Messages that came first after a later one of the same publisher.</summary>
    public int Late { get; private set; }

    /// <summary>Messages that nobody has sent.</summary>
    public int Wrong { get; private set; }

    /// <summary>What was late or wrong last, for the report.</summary>
    public string Example { get; private set; } = "";

    /// <summary>Of which publishers messages have not come.</summary>
    public string LostOf => string.Join(", ", _got
        .Where(pair => pair.Value.Contains(false))
        .Select(pair => $"{pair.Key}:{Array.IndexOf(pair.Value, false)}"));

    /// <summary>
    /// Publishers whose messages came first in another order than they did to another subscriber.
    /// </summary>
    public int OrdersOtherThan(CutTally other) =>
        _order.Count(pair => !pair.Value.SequenceEqual(other._order[pair.Key]));

    /// <summary>Waits until so many messages have come; each counts once.</summary>
    public void Await(int count, Deadline deadline)
    {
        lock (_gate)
        {
            while (_count < count)
            {
                Assert.IsTrue(
                    Monitor.Wait(_gate, deadline.Left), $"{_count} came, not {count}");
            }
        }
    }

    /// <param name="publisher">Who has sent it.</param>
    /// <param name="number">
    /// Its number from 0; null when it carries none: then it is taken for the next one.
    /// </param>
    public void Take(string publisher, int? number)
    {
        if (!_got.TryGetValue(publisher, out bool[] got) || number >= got.Length)
        {
            TakeWrong($"{publisher}:{number}");
            return;
        }

        int which = number ?? _last[publisher] + 1;
        if (which >= got.Length || got[which])
        {
            Twice++;
            return;
        }

        got[which] = true;
        _order[publisher].Add(which);
        lock (_gate)
        {
            _count++;
            Monitor.PulseAll(_gate);
        }

        if (which < _last[publisher])
        {
            Late++;
            Example = $"{publisher}:{which} came after {_last[publisher]}";
        }

        _last[publisher] = Math.Max(_last[publisher], which);
    }

    /// <summary>Counts a message that nobody has sent.</summary>
    public void TakeWrong(string text)
    {
        Wrong++;
        Example = $"nobody has sent '{text[..Math.Min(text.Length, 80)]}'";
    }
}
