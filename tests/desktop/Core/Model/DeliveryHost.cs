using System;
using System.Linq;
using EdgeBroker.Broker;

namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>
/// A host that keeps the contract and does everything else at random: whom it reads, how much,
/// whom it offers what, and when.
/// </summary>
internal sealed class DeliveryHost(Random random, DeliveryModel model, RecordedBroker broker)
{
    private const int MostTicks = 10_000;
    private const long RestMs = 60_000;

    /// <summary>The broker that it drives.</summary>
    public RecordedBroker Broker { get; } = broker;

    private MqttBroker Core => Broker.Broker;

    /// <summary>Opens a connection.</summary>
    /// <returns>Its slot, or None.</returns>
    public int Open()
    {
        if (!Core.CanOpen())
        {
            return MqttBroker.None;
        }

        int slot = MqttBroker.None;
        Do(() => slot = Broker.Open(0));
        Require(model.Clients[slot] == null, "a slot in use was given away");
        return slot;
    }

    /// <summary>Closes a connection.</summary>
    public void Close(int slot)
    {
        Do(() => Broker.Close(slot));
        model.Clients[slot] = null;
    }

    /// <summary>Does something.</summary>
    public void Step()
    {
        if (random.Next(8) == 0)
        {
            Pass(random.Next(20) == 0 ? random.Next(3000) : random.Next(30));
        }

        switch (random.Next(10))
        {
            case < 4:
                Read(random.Next(model.Clients.Length));
                break;
            case < 8:
                Offer(random.Next(5) == 0 ? random.Next(model.Clients.Length) : Core.Ready());
                break;
            case 8:
                Write(random.Next(model.Clients.Length));
                break;
            default:
                TickIfDue();
                break;
        }
    }

    /// <summary>
    /// Reads and offers until nothing more happens; those who are frozen stay so. Everybody else
    /// gets everything and is read to the end.
    /// </summary>
    public void ComeToRest()
    {
        foreach (SimClient client in model.Clients.Where(c => c is { IsFrozen: false }))
        {
            client.Room = SimClient.Endless;
        }

        long end = model.NowMs + RestMs;
        while (true)
        {
            for (int i = 0; Core.NextDeadlineMs() <= model.NowMs; i++)
            {
                Require(i < MostTicks, "there is always something due");
                Do(Broker.Tick);
                while (Core.Ready() != MqttBroker.None)
                {
                    Offer(Core.Ready());
                }
            }

            bool isMore = false;
            for (int slot = 0; slot < model.Clients.Length; slot++)
            {
                isMore |= Read(slot) | Write(slot);
            }

            while (Core.Ready() != MqttBroker.None)
            {
                Offer(Core.Ready());
                isMore = true;
            }

            bool isDone = model.Clients.All(c => c == null || c.IsFrozen || c.IsEnded || c.IsIdle);
            if (!isMore && isDone && Core.NextDeadlineMs() > model.NowMs)
            {
                // Ready names them; those that nobody reads any more are left.
                Require(!model.Clients.Any(c => c is { IsFrozen: false } && c.Unsent == 0
                    && Core.WantsClose(c.Slot)), "a connection is never closed");
                return;
            }

            if (!isMore)
            {
                Require(model.NowMs < end, "somebody is never read or served again");
                Pass(Math.Max(1, Math.Min(20, Core.NextDeadlineMs() - model.NowMs)));
            }
        }
    }

    /// <summary>Closes every connection.</summary>
    public void CloseAll()
    {
        for (int slot = 0; slot < model.Clients.Length; slot++)
        {
            if (model.Clients[slot] != null)
            {
                Close(slot);
            }
        }

        for (int i = 0; Core.NextDeadlineMs() <= model.NowMs; i++)
        {
            Require(i < MostTicks, "there is always something due");
            Do(Broker.Tick);
        }
    }

    private void Pass(long milliseconds)
    {
        model.NowMs += milliseconds;
        Broker.NowMs = model.NowMs;
    }

    private void TickIfDue()
    {
        if (Core.NextDeadlineMs() <= model.NowMs || random.Next(20) == 0)
        {
            Do(Broker.Tick);
        }
    }

    private bool Read(int slot)
    {
        SimClient client = model.Clients[slot];
        int most = client == null ? 0 : Math.Min(client.Pending, Core.ReceiveWindow(slot));
        if (most == 0)
        {
            return false;
        }

        int count = random.Next(3) == 0 ? random.Next(1, most + 1) : most;
        byte[] bytes = client.Give(count);
        Do(() => Broker.Receive(slot, bytes), slot);
        return true;
    }

    /// <summary>Offers to a socket what waits for it.</summary>
    private void Offer(int slot)
    {
        if (slot == MqttBroker.None || model.Clients[slot] == null)
        {
            return;
        }

        if (Core.WantsClose(slot))
        {
            Close(slot);
            return;
        }

        SimClient client = model.Clients[slot];
        if (!Core.HasOutput(slot))
        {
            return;
        }

        if (client.Unsent > 0 || client.Room == 0)
        {
            Block(client);
            return;
        }

        Transmit(client);
    }

    /// <summary>A socket can be written again.</summary>
    private bool Write(int slot)
    {
        SimClient client = model.Clients[slot];
        if (client == null || client.Room == 0 || (client.Unsent == 0 && !client.IsBlocked))
        {
            return false;
        }

        int part = Math.Min(client.Unsent, client.Room);
        client.Unsent -= part;
        Use(client, part);
        if (client.Unsent == 0 && client.Room > 0)
        {
            Transmit(client);
        }

        return true;
    }

    private void Transmit(SimClient client)
    {
        client.IsBlocked = false;
        byte[] bytes = [];
        Do(() => bytes = Broker.Transmit(client.Slot, 64 + random.Next(2) * random.Next(2000)));
        client.Take(bytes, model);
        int part = Math.Min(bytes.Length, client.Room);
        Use(client, part);
        client.Unsent = bytes.Length - part;
        if (client.Unsent > 0)
        {
            Block(client);
        }
    }

    private void Block(SimClient client)
    {
        Do(() => Broker.Block(client.Slot));
        client.IsBlocked = true;
    }

    private static void Use(SimClient client, int count)
    {
        client.Room -= client.Room == SimClient.Endless ? 0 : count;
    }

    private void Do(Action verb, int reads = MqttBroker.None)
    {
        model.Begin(reads);
        verb();
        model.End();
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(what);
        }
    }
}
