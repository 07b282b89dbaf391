using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// Drives a broker with what the clients of a capture sent, at its times. It works like the PC's
/// host, with sockets that take everything at once.
/// </summary>
internal sealed class CaptureHost
{
    private const int TransmitBytes = 64 * 1024;

    private readonly MqttBroker _broker;
    private readonly ConversationPrinter _printer;
    private readonly byte[] _buffer = new byte[TransmitBytes];
    private readonly byte[] _received;
    private readonly List<Client> _clients = [];
    private readonly Dictionary<int, Client> _bySlot = [];
    private readonly LinkedList<Client> _waiting = []; // In the order in which they came.
    private readonly HashSet<Client> _unread = [];
    private long _nowMs;

    /// <param name="broker">The broker.</param>
    /// <param name="limits">What it was made with.</param>
    /// <param name="printer">Is told of everything.</param>
    /// <param name="startMs">The broker's time.</param>
    public CaptureHost(
        MqttBroker broker, BrokerLimits limits, ConversationPrinter printer, long startMs)
    {
        _broker = broker;
        _printer = printer;
        _received = new byte[limits.ReceiveSize];
        _nowMs = startMs;
    }

    /// <summary>Bytes that the broker has taken.</summary>
    public long BytesIn { get; private set; }

    /// <summary>Bytes that the broker has sent.</summary>
    public long BytesOut { get; private set; }

    /// <summary>Bytes that no broker reads, because it had closed the connection.</summary>
    public long BytesUnread { get; private set; }

    /// <summary>Lets time pass: everything that is due until then happens when it is due.</summary>
    public void PassTo(long nowMs)
    {
        Work();
        for (long due = _broker.NextDeadlineMs(); due <= nowMs; due = _broker.NextDeadlineMs())
        {
            _nowMs = Math.Max(_nowMs, due);
            Work();
        }

        _nowMs = nowMs;
        _printer.NowMs = _nowMs;
    }

    /// <summary>A client connects.</summary>
    /// <returns>Its number.</returns>
    public int Open(int address)
    {
        var client = new Client { Address = address };
        _clients.Add(client);
        _waiting.AddLast(client);
        Work();
        return _clients.Count - 1;
    }

    /// <summary>A client sends.</summary>
    public void Send(int number, ReadOnlyMemory<byte> bytes)
    {
        Client client = _clients[number];
        client.Sent.Enqueue(bytes);
        _unread.Add(client);
        Work();
    }

    /// <summary>A client is gone.</summary>
    public void Close(int number)
    {
        Work();
        Client client = _clients[number];
        _waiting.Remove(client);
        client.HasEnded = true;
        if (client.Slot >= 0)
        {
            End(client);
        }

        Work();
    }

    // Everything that can be done at this time.
    private void Work()
    {
        _printer.NowMs = _nowMs;
        do
        {
            while (_waiting.First is { } first && _broker.CanOpen())
            {
                _waiting.RemoveFirst();
                first.Value.Slot = _broker.Open(first.Value.Address, _nowMs);
                _bySlot[first.Value.Slot] = first.Value;
                _printer.Opened(first.Value.Slot);
            }

            _broker.Tick(_nowMs);
            Flush();
        }
        while (Read() || _broker.NextDeadlineMs() <= _nowMs
            || (_waiting.Count > 0 && _broker.CanOpen()));
    }

    private bool Read()
    {
        bool isAny = false;
        foreach (Client client in new List<Client>(_unread))
        {
            while (client.Slot >= 0 && client.Sent.Count > 0
                && _broker.ReceiveWindow(client.Slot) is > 0 and var window)
            {
                ReadOnlyMemory<byte> bytes = client.Sent.Peek()[client.At..];
                int count = Math.Min(window, bytes.Length);
                bytes[..count].CopyTo(_received);
                _printer.Incoming(client.Slot, _received, 0, count);
                _broker.Receive(client.Slot, _received, 0, count, _nowMs);
                BytesIn += count;
                client.Taken(count);
                isAny = true;
                Flush();
            }

            if (client.Sent.Count == 0 || client.HasEnded)
            {
                _unread.Remove(client);
                BytesUnread += client.Drop();
            }
        }

        return isAny;
    }

    private void Flush()
    {
        for (int slot = _broker.Ready(); slot >= 0; slot = _broker.Ready())
        {
            int count = _broker.Transmit(slot, _buffer, 0, _buffer.Length, _nowMs);
            BytesOut += count;
            _printer.Outgoing(slot, _buffer, 0, count);
            if (_broker.WantsClose(slot))
            {
                End(_bySlot[slot]);
            }
        }
    }

    private void End(Client client)
    {
        int slot = client.Slot;
        client.Slot = MqttBroker.None;
        client.HasEnded = true;
        _bySlot.Remove(slot);
        _broker.Close(slot, _nowMs);
        _printer.Closed(slot);
    }

    private sealed class Client
    {
        public int Address { get; init; }

        public int Slot { get; set; } = MqttBroker.None;

        public bool HasEnded { get; set; }

        public Queue<ReadOnlyMemory<byte>> Sent { get; } = new();

        public int At { get; private set; }

        /// <summary>Forgets what it has sent and says how many bytes that was.</summary>
        public long Drop()
        {
            long left = Sent.Sum(bytes => (long)bytes.Length) - At;
            Sent.Clear();
            At = 0;
            return left;
        }

        public void Taken(int count)
        {
            At += count;
            if (At == Sent.Peek().Length)
            {
                Sent.Dequeue();
                At = 0;
            }
        }
    }
}
