using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// A publisher and a subscriber that do nothing wrong beside the fuzzed clients: whatever those
/// do, every message arrives, in order.
/// </summary>
internal sealed class Canaries
{
    private const string Topic = "~canary";
    private const int Capacity = 4096;
    private const int MostWaits = 6000;
    private const int WaitMs = 10;
    private const int PingMs = 1000;

    private readonly BrokerLife _life;
    private readonly FuzzedClient _publisher;
    private readonly FuzzedClient _subscriber;
    private readonly int _version;
    private int _published;
    private int _got;

    public Canaries(BrokerLife life, int setup)
    {
        _life = life;
        _version = (setup & 16) != 0 ? 5 : 4;
        int keepAlive = FuzzLimits.Settings(setup).MaxKeepAliveS;
        _publisher = Connect("~out", keepAlive);
        _subscriber = Connect("~in", keepAlive);
        _subscriber.Delivered = Take;
        Send(_subscriber, new Packet(PacketKind.Subscribe)
        {
            Version = _version,
            PacketId = 1,
            Filters = [(Topic, 0)],
        });
        _life.Drain(Capacity);
    }

    /// <summary>Sends messages; each is taken by the broker before the next.</summary>
    public void Publish(int count, int size)
    {
        for (int i = 0; i < count; i++)
        {
            byte[] payload = new byte[5 + size];
            BitConverter.TryWriteBytes(payload, _published++);
            payload[4] = 0x7E;
            Send(_publisher, new Packet(PacketKind.Publish)
            {
                Version = _version,
                Topic = Topic,
                Payload = payload,
            });
        }
    }

    /// <summary>Lets time pass in which both keep alive.</summary>
    public void Pass(int milliseconds)
    {
        for (; milliseconds > 0; milliseconds -= PingMs)
        {
            foreach (FuzzedClient canary in new[] { _publisher, _subscriber })
            {
                if (canary.Unsent.Count == 0)
                {
                    canary.Unsent.AddRange(PacketBytes.Of(new Packet(PacketKind.Pingreq)));
                }
            }

            _life.Drain(Capacity);
            _life.Pass(Math.Min(milliseconds, PingMs));
        }
    }

    /// <summary>All that was published has arrived.</summary>
    public void End()
    {
        _life.Drain(Capacity);
        Require(_life.IsOpen(_publisher) && _life.IsOpen(_subscriber), "a canary was closed");
        Require(_got == _published, $"the canary got {_got} of {_published} messages");
    }

    private FuzzedClient Connect(string name, int keepAliveS)
    {
        FuzzedClient canary = _life.Open(7)!;
        Send(canary, new Packet(PacketKind.Connect)
        {
            Version = _version,
            ClientId = name,
            CleanStart = true,
            KeepAliveS = keepAliveS,
        });
        _life.Drain(Capacity);
        Require(canary.IsConnected, "the canary cannot connect");
        return canary;
    }

    private void Send(FuzzedClient canary, Packet packet)
    {
        canary.Unsent.AddRange(PacketBytes.Of(packet));
        for (int i = 0; canary.Unsent.Count > 0; i++)
        {
            Require(i < MostWaits && _life.IsOpen(canary),
                "nothing is read from the canary any more");
            if (!_life.Feed(canary))
            {
                _life.Drain(Capacity);
                _life.Pass(canary.Unsent.Count > 0 ? WaitMs : 0);
            }
        }
    }

    private void Take(Packet message)
    {
        byte[] payload = message.Payload;
        if (message.Topic != Topic || payload.Length < 5 || payload[4] != 0x7E)
        {
            return;
        }

        int number = BitConverter.ToInt32(payload);
        Require(number == _got, $"the canary got message {number} instead of {_got}");
        _got++;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
