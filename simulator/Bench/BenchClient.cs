using System;

namespace EdgeBroker.Simulator.Bench;

/// <summary>One connection of the load, from CONNECT on.</summary>
internal sealed class BenchClient
{
    /// <summary>How far it is.</summary>
    public ClientStage Stage;

    /// <summary>Its number in the network.</summary>
    public int Handle = -1;

    /// <summary>Its number among the publishers or among the subscribers.</summary>
    public int Number;

    /// <summary>Its Client Identifier.</summary>
    public string ClientId = "";

    /// <summary>What it subscribes to before it counts as ready.</summary>
    public string[] Filters = [];

    /// <summary>Answers to CONNECT and SUBSCRIBE that it waits for.</summary>
    public int Owed;

    /// <summary>When it began, in nanoseconds.</summary>
    public long BeganNs;

    /// <summary>Messages that it published.</summary>
    public uint Published;

    /// <summary>Messages of those at QoS 1 and 2 that are not acknowledged.</summary>
    public int Unacknowledged;

    /// <summary>Messages that it got.</summary>
    public long Got;

    /// <summary>The last number that it got from each publisher.</summary>
    public uint[] Last = [];

    /// <summary>The beginning of a packet that has not come whole.</summary>
    public byte[] Part = [];

    /// <summary>Bytes of it.</summary>
    public int PartLength;

    /// <summary>What the socket has not taken.</summary>
    public byte[] Out = [];

    /// <summary>Where that begins.</summary>
    public int OutStart;

    /// <summary>Where it ends.</summary>
    public int OutEnd;

    /// <summary>Whether the socket takes no more for now.</summary>
    public bool IsBlocked;

    /// <summary>A client that has not begun.</summary>
    /// <param name="role">The beginning of its Client Identifier.</param>
    /// <param name="number">Its number among those.</param>
    /// <param name="filters">What it subscribes to.</param>
    public static BenchClient New(string role, int number, params string[] filters) => new()
    {
        Number = number,
        ClientId = $"{role}{Environment.ProcessId}-{number}",
        Filters = filters,
    };

    /// <summary>Forgets what an earlier connection has left.</summary>
    public void BeginAt(long ns)
    {
        BeganNs = ns;
        PartLength = 0;
        OutStart = OutEnd = 0;
        IsBlocked = false;
    }

    /// <summary>Makes room behind what waits.</summary>
    public void Reserve(int count)
    {
        if (Out.Length - OutEnd >= count)
        {
            return;
        }

        int waiting = OutEnd - OutStart;
        byte[] to = Out.Length - waiting >= count ? Out : new byte[2 * (waiting + count)];
        Buffer.BlockCopy(Out, OutStart, to, 0, waiting);
        Out = to;
        OutStart = 0;
        OutEnd = waiting;
    }

    /// <summary>Adds bytes that are to be sent.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(Out.AsSpan(OutEnd));
        OutEnd += bytes.Length;
    }
}
