using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// A client with a session: subscribes, publishes, loses its connection at any time, and comes
/// back. It keeps what a client has to keep (section 4.1).
/// </summary>
internal sealed class QosPeer(MqttBroker broker, Random random, string name, bool isV5)
{
    private readonly List<byte> _in = [];
    private readonly Queue<byte[]> _out = new();
    private readonly HashSet<int> _exact = [];
    private readonly List<Sending> _sending = [];
    private readonly byte[] _buffer = new byte[400];
    private int _id;
    private bool _isUp;
    private bool _sessionExists;

    /// <summary>The connection, or -1.</summary>
    public int Slot { get; private set; } = -1;

    /// <summary>What has come, in order: QoS and text; repeated ones at QoS 1 too.</summary>
    public List<(int Qos, string Text)> Got { get; } = [];

    /// <summary>What was published and acknowledged.</summary>
    public List<(int Qos, string Text)> Accepted { get; } = [];

    /// <summary>Whether nothing is on its way to the broker.</summary>
    public bool IsDone => _sending.Count == 0 && _out.Count == 0 && _isUp;

    /// <summary>Connects; the session stays.</summary>
    public void Connect(long nowMs)
    {
        Slot = broker.Open(0, nowMs);
        _isUp = false;
        _in.Clear();
        _out.Clear();
        Send(isV5
            ? $"10 [ `MQTT` 05 00 00 00 [ 11 ff ff ff ff 21 00 {random.Next(1, 6):x2} ] `{name}` ]"
            : $"10 [ `MQTT` 04 00 00 00 `{name}` ]");
    }

    /// <summary>The connection is cut: what was not read, or not taken, is lost.</summary>
    public void Cut(long nowMs)
    {
        broker.Close(Slot, nowMs);
        Slot = -1;
        _isUp = false;
    }

    /// <summary>Subscribes to a filter.</summary>
    public void Subscribe(string filter, int qos) =>
        Send($"82 [ 00 01 {(isV5 ? "[ ] " : "")}`{filter}` {qos:x2} ]");

    /// <summary>Publishes one more message, which is sent until it is acknowledged.</summary>
    public void Publish(string topic, string text, int qos)
    {
        var sending = new Sending(++_id, topic, text, qos);
        _sending.Add(sending);
        if (_isUp)
        {
            Send(sending, false);
        }
    }

    /// <summary>Gives the broker some of what waits.</summary>
    public void Give(long nowMs)
    {
        while (_out.Count > 0 && Slot >= 0)
        {
            byte[] bytes = _out.Peek();
            int window = broker.ReceiveWindow(Slot);
            if (window < bytes.Length)
            {
                return;
            }

            _out.Dequeue();
            broker.Receive(Slot, bytes, 0, bytes.Length, nowMs);
        }
    }

    /// <summary>Takes what the broker has, in pieces of any size.</summary>
    public void Take(long nowMs)
    {
        int count = broker.Transmit(Slot, _buffer, 0, random.Next(64, 400), nowMs);
        _in.AddRange(_buffer.Take(count));
        while (Read() is { } packet)
        {
            Handle(packet);
        }
    }

    private byte[] Read()
    {
        if (_in.Count < 2)
        {
            return null;
        }

        int size = _in[1] < 0x80 ? 2 + _in[1] : 3 + (_in[1] & 0x7F) + (_in[2] << 7);
        if (_in.Count < size)
        {
            return null;
        }

        byte[] packet = [.. _in.Take(size)];
        _in.RemoveRange(0, size);
        return packet;
    }

    private void Handle(byte[] packet)
    {
        int body = packet[1] < 0x80 ? 2 : 3;
        switch (packet[0] >> 4)
        {
            case 2:
                Assert.AreEqual(0, packet[body + 1], "CONNACK");
                Resume(packet[body] == 1);
                break;
            case 3:
                TakePublish(packet, body);
                break;
            case 4 or 7:
                Finish(Id(packet, body));
                break;
            case 5:
                Sending sending = _sending.Single(s => s.Id == Id(packet, body));
                sending.IsReleased = true;
                Send($"62 [ {Hex(sending.Id)} ]");
                break;
            case 6:
                _exact.Remove(Id(packet, body));
                Send($"70 [ {Hex(Id(packet, body))} ]");
                break;
        }
    }

    private void Resume(bool isPresent)
    {
        Assert.AreEqual(_sessionExists, isPresent, name + ": Session Present");
        _sessionExists = true;
        _isUp = true;
        foreach (Sending sending in _sending)
        {
            if (sending.IsReleased)
            {
                Send($"62 [ {Hex(sending.Id)} ]");
            }
            else
            {
                Send(sending, sending.WasSent);
            }
        }
    }

    private void TakePublish(byte[] packet, int body)
    {
        int qos = packet[0] >> 1 & 3;
        int topic = (packet[body] << 8) | packet[body + 1];
        int at = body + 2 + topic;
        int id = qos > 0 ? Id(packet, at) : 0;
        at += (qos > 0 ? 2 : 0) + (isV5 ? 1 : 0);
        if (qos < 2 || _exact.Add(id))
        {
            Got.Add((qos, new string([.. packet[at..].Select(b => (char)b)])));
        }

        if (qos > 0)
        {
            Send($"{(qos == 1 ? "40" : "50")} [ {Hex(id)} ]");
        }
    }

    private void Finish(int id)
    {
        Sending sending = _sending.Single(s => s.Id == id);
        _sending.Remove(sending);
        Accepted.Add((sending.Qos, sending.Text));
    }

    private void Send(Sending sending, bool isAgain)
    {
        sending.WasSent = true;
        int first = 0x30 | (sending.Qos << 1) | (isAgain ? 8 : 0);
        Send($"{first:x2} [ `{sending.Topic}` {Hex(sending.Id)} {(isV5 ? "[ ] " : "")}"
            + $"'{sending.Text}' ]");
    }

    private void Send(string text) => _out.Enqueue(Wire.Parse(text));

    private static string Hex(int id) => $"{id >> 8:x2} {id & 0xFF:x2}";

    private static int Id(byte[] packet, int at) => (packet[at] << 8) | packet[at + 1];

    private sealed class Sending(int id, string topic, string text, int qos)
    {
        public int Id => id;

        public string Topic => topic;

        public string Text => text;

        public int Qos => qos;

        public bool WasSent { get; set; }

        public bool IsReleased { get; set; }
    }
}
