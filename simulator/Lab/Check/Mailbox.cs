using System.Collections.Generic;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>What one session is to get, and what it got.</summary>
internal sealed class Mailbox
{
    private const int MostKept = 300;

    private readonly List<Expectation> _expected = [];
    private readonly List<Expectation> _taken = [];
    private int _next;

    /// <summary>What its SUBSCRIBEs asked for.</summary>
    public Wishes Wishes { get; set; } = new();

    /// <summary>SUBSCRIBEs without SUBACK, with what became of each filter.</summary>
    public Queue<(Packet Subscribe, List<Subscription?> There)> Asked { get; } = new();

    /// <summary>Those that the session lacks, the last ones.</summary>
    public List<Expectation> Missed { get; } = [];

    /// <summary>Messages in its queue after the last verb.</summary>
    public int Queued { get; set; }

    /// <summary>Messages that were routed to it in this verb.</summary>
    public int Come { get; set; }

    /// <summary>Whether some of them may not have been.</summary>
    public bool IsVague { get; set; }

    /// <summary>Messages that were dropped, at most, and are not missed yet.</summary>
    public long Dropped { get; set; }

    /// <summary>Messages that a session has lost, for a reason that was counted, and that are not
    /// known yet.</summary>
    public int Lacking { get; set; }

    /// <summary>Whether the session may have lost some that are retained, too.</summary>
    public bool HasLost { get; set; }

    /// <summary>Changes with what is to come.</summary>
    public long Changes { get; private set; }

    /// <summary>Remembers one that came.</summary>
    public void NoteTaken(Expectation one) => Note(_taken, one);

    /// <summary>Remembers one that is missing.</summary>
    public void NoteMissed(Expectation one) => Note(Missed, one);

    /// <summary>One of the same content that came and might be the missing one.</summary>
    public Expectation? TakenInstead(Expectation missed, System.Predicate<Expectation> mayMiss)
    {
        int at = _taken.FindLastIndex(t => t.IsRetained == missed.IsRetained
            && t.Message.Is(missed.Message.Packet) && mayMiss(t));
        if (at < 0)
        {
            return null;
        }

        Expectation instead = _taken[at];
        _taken[at] = missed;
        return instead;
    }

    private static void Note(List<Expectation> list, Expectation one)
    {
        list.Add(one);
        if (list.Count > MostKept)
        {
            list.RemoveAt(0);
        }
    }

    /// <summary>Messages that are still to come.</summary>
    public IEnumerable<Expectation> Outstanding
    {
        get
        {
            for (int i = _next; i < _expected.Count; i++)
            {
                yield return _expected[i];
            }
        }
    }

    /// <summary>How many are still to come.</summary>
    public int Count => _expected.Count - _next;

    /// <summary>Something is to come behind all others.</summary>
    public void Add(Expectation expectation)
    {
        if (_next > 1000)
        {
            _expected.RemoveRange(0, _next);
            _next = 0;
        }

        Changes++;
        _expected.Add(expectation);
    }

    /// <summary>The first one of a content, counted from the next; -1 if there is none.</summary>
    public int Find(Packet packet)
    {
        for (int i = _next; i < _expected.Count; i++)
        {
            if (_expected[i].Is(packet))
            {
                return i - _next;
            }
        }

        return -1;
    }

    /// <summary>One that is to come.</summary>
    public Expectation this[int index] => _expected[_next + index];

    /// <summary>Takes the next one.</summary>
    public Expectation Take()
    {
        Changes++;
        return _expected[_next++];
    }

    /// <summary>Takes one out of its place; those before it stay.</summary>
    public void TakeAt(int index)
    {
        Changes++;
        if (index == 0)
        {
            _next++;
        }
        else
        {
            _expected.RemoveAt(_next + index);
        }
    }
}
