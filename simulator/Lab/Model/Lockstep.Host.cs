using System;
using System.IO;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

// What a host does with its sockets.
public sealed partial class Lockstep
{
    private void TickWhileDue()
    {
        for (int i = 0; _core.NextDeadlineMs() <= NowMs; i++)
        {
            Require(i < MostTicks, "there is always something due");
            Do(() => _core.Tick(NowMs));
            OfferAll();
        }
    }

    private bool OfferAll()
    {
        bool isAny = false;
        for (int slot = _core.Ready(); slot != MqttBroker.None; slot = _core.Ready())
        {
            Offer(_slots[slot], Capacity);
            isAny = true;
        }

        return isAny;
    }

    private bool Read(LockstepClient client, int thousandths)
    {
        int most = Math.Min(client.Pending, _core.ReceiveWindow(client.Slot));
        if (most == 0)
        {
            return false;
        }

        int count = Math.Max(1, (int)((long)most * thousandths / 1000));
        client.Give(_buffer.AsSpan(3, count));
        Do(() => _core.Receive(client.Slot, _buffer, 3, count, NowMs), client.Slot);
        _buffer.AsSpan(3, count).Fill(0xEE); // The core may keep no part of it.
        return true;
    }

    private void Offer(LockstepClient client, int capacity)
    {
        if (_core.WantsClose(client.Slot))
        {
            Close(client);
        }
        else if (_core.HasOutput(client.Slot))
        {
            if (client.Unsent > 0 || client.Room == 0)
            {
                Block(client);
            }
            else
            {
                Transmit(client, capacity);
            }
        }
    }

    private bool Write(LockstepClient client)
    {
        if (client.Room == 0 || (client.Unsent == 0 && !client.IsBlocked))
        {
            return false;
        }

        int part = Math.Min(client.Unsent, client.Room);
        client.Unsent -= part;
        Use(client, part);
        if (client.Unsent == 0 && client.Room > 0)
        {
            Transmit(client, Capacity);
        }

        return true;
    }

    private void Transmit(LockstepClient client, int capacity)
    {
        client.IsBlocked = false;
        int count = 0;
        bool isNew = client.Reader.Pending == 0;
        Do(() => count = _core.Transmit(client.Slot, _buffer, 0, capacity, NowMs));
        client.PacketMs = isNew ? NowMs : client.PacketMs;
        client.Reader.Add(_buffer.AsSpan(0, count));
        _received.Take(client);
        int part = Math.Min(count, client.Room);
        Use(client, part);
        client.Unsent = count - part;
        if (client.Unsent > 0)
        {
            Block(client);
        }
    }

    private void Block(LockstepClient client)
    {
        Do(() => _core.Block(client.Slot, NowMs));
        client.IsBlocked = true;
    }

    private void Close(LockstepClient client)
    {
        if (_core.WantsClose(client.Slot))
        {
            _received.CheckAll(client);
        }

        Do(() =>
        {
            _core.Close(client.Slot, NowMs);
            _slots.Remove(client.Slot);
            _reference.Lose(client.Reference);
        });
    }

    private static void Use(LockstepClient client, int count) =>
        client.Room -= client.Room == LockstepClient.Endless ? 0 : count;
}
