using System;
using System.Collections.Generic;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// A host loses nothing: what the broker gives it for a client goes into that client's socket, all
/// of it and in order, before more is asked for; and what comes out of a socket goes to the broker.
/// </summary>
internal sealed class StreamsChecker : Checker
{
    private readonly Dictionary<Connection, Stream> _byConnection = [];
    private readonly Dictionary<int, Stream> _bySlot = [];
    private Connection? _accepted;

    public StreamsChecker()
        : base("streams")
    {
        Tap = new Ear(this);
        Sockets = new SocketEar(this);
    }

    /// <summary>To be told of every verb.</summary>
    public VerbTap Tap { get; }

    /// <summary>To be told of what goes through sockets.</summary>
    public StreamTap Sockets { get; }

    /// <inheritdoc/>
    public override void Started()
    {
        _byConnection.Clear();
        _bySlot.Clear();
        _accepted = null;
    }

    /// <inheritdoc/>
    public override void AtRest()
    {
        foreach (Session session in Facts.Open)
        {
            if (!session.IsEnded && !session.IsBlocked
                && _bySlot.TryGetValue(session.Slot, out Stream? stream))
            {
                Require(stream.Out.Count == 0,
                    $"{stream.Out.Count} bytes for {session} never came to its socket");
                Require(stream.In.Count == 0,
                    $"{stream.In.Count} bytes of {session} never came to the broker");
            }
        }
    }

    private sealed class Stream(int slot)
    {
        public int Slot => slot;

        /// <summary>Bytes of the broker that the socket has not taken.</summary>
        public PendingBytes Out { get; } = new();

        /// <summary>Bytes of the socket that the broker has not got.</summary>
        public PendingBytes In { get; } = new();
    }

    private sealed class SocketEar(StreamsChecker owner) : StreamTap
    {
        public override void Accepted(Connection connection) => owner._accepted = connection;

        public override void Read(Connection connection, byte[] buffer, int offset, int count)
        {
            // Of who is ended the rest is read and forgotten.
            if (owner._byConnection.TryGetValue(connection, out Stream? stream)
                && owner._bySlot.GetValueOrDefault(stream.Slot) == stream
                && owner.Facts.At(stream.Slot) is { IsEnded: false } session)
            {
                owner.Require(stream.In.Count == 0,
                    $"{stream.In.Count} bytes of {session} were read and not handed on");
                stream.In.Add(buffer.AsSpan(offset, count));
            }
        }

        public override void Written(Connection connection, byte[] buffer, int offset, int count)
        {
            if (owner._byConnection.TryGetValue(connection, out Stream? stream))
            {
                owner.Require(stream.Out.Take(buffer.AsSpan(offset, count)),
                    $"slot {stream.Slot} is sent bytes that are not the broker's next");
            }
        }
    }

    private sealed class Ear(StreamsChecker owner) : VerbTap
    {
        public override void Opened(int slot, int address, long nowMs)
        {
            if (slot >= 0 && owner._accepted is { } connection)
            {
                owner._bySlot[slot] = owner._byConnection[connection] = new Stream(slot);
            }

            owner._accepted = null;
        }

        public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs)
        {
            if (owner._bySlot.TryGetValue(slot, out Stream? stream))
            {
                owner.Require(stream.In.Take(buffer.AsSpan(offset, count)),
                    $"the broker got bytes of slot {slot} that are not the socket's next");
            }
        }

        public override void Transmitted(
            int slot, byte[] buffer, int offset, int capacity, int count, long nowMs)
        {
            if (owner._bySlot.TryGetValue(slot, out Stream? stream))
            {
                owner.Require(stream.Out.Count == 0, $"the broker was asked for more, and "
                    + $"{stream.Out.Count} bytes for slot {slot} were not sent");
                stream.Out.Add(buffer.AsSpan(offset, count));
            }
        }

        public override void Blocked(int slot, long nowMs)
        {
        }

        public override void Ticked(long nowMs)
        {
        }

        public override void Closed(int slot, long nowMs) => owner._bySlot.Remove(slot);

        public override void ShutDown(long nowMs)
        {
        }
    }
}
