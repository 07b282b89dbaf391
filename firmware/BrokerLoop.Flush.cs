using System;
using System.Net.Sockets;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    public sealed partial class BrokerLoop
    {
        // What a connection waits for.
        private const byte Nothing = 0;
        private const byte Room = 1;
        private const byte Memory = 2;
        private const byte Goodbye = 3;

        private const int FrozenMs = 200;

        private bool FlushReady(long now)
        {
            MqttBroker broker = _broker;
            int slot = broker.Ready();
            if (slot == MqttBroker.None)
            {
                return false;
            }

            while (slot != MqttBroker.None)
            {
                Flush(slot, now);
                slot = broker.Ready();
            }

            return true;
        }

        /// <summary>
        /// Hands a message on out of the buffer that it came in, if it goes to one client whose
        /// socket takes it now.
        /// </summary>
        private bool Pass(int slot, int length, long now)
        {
            MqttBroker broker = _broker;
            int target = broker.PassesTo(slot, _buffer, length);
            if (target == MqttBroker.None || _credit < SegmentBytes)
            {
                return false;
            }

            bool isPassed = false;
            try
            {
                Socket socket = _sockets[target];
                if (socket.Poll(0, SelectMode.SelectWrite))
                {
                    _credit -= SegmentBytes;
                    isPassed = true;
                    broker.Pass(slot, target, _buffer, length, now);
                    socket.Send(_buffer, 0, length, SocketFlags.None);
                }
            }
            catch (Exception e) when (e is SocketException || e is ObjectDisposedException)
            {
                if (isPassed)
                {
                    Close(target, now, true);
                }

                // Else Flush does: its Will could end reading, and this message has to be taken.
            }

            return isPassed;
        }

        private bool RetryWaiting(bool looksAtAll, long now)
        {
            bool isBusy = false;
            for (int i = _count - 1; i >= 0; i--)
            {
                int slot = _slots[i];
                byte waits = _waits[slot];
                if (!looksAtAll && (int)now - _since[slot] > FrozenMs)
                {
                    continue; // A Poll for each frozen client would cost the others much.
                }

                if (waits == Goodbye)
                {
                    Leave(slot, now);
                }
                else if (waits != Nothing)
                {
                    isBusy |= Flush(slot, now);
                }
            }

            return isBusy;
        }

        /// <summary>
        /// Sends a chunk of what waits for a client, if its socket takes it now; the broker names
        /// the next one.
        /// </summary>
        /// <returns>Whether anything was sent or the connection closed.</returns>
        private bool Flush(int slot, long now)
        {
            MqttBroker broker = _broker;
            Socket socket = _sockets[slot];
            bool hasSent = false;
            try
            {
                // Before each Send: lwIP promises room for one, and then Send blocks the loop.
                if (broker.HasOutput(slot))
                {
                    bool isFull = !socket.Poll(0, SelectMode.SelectWrite);
                    if (isFull || ((_credit -= SegmentBytes) < 0 && !HasMemory(slot, now)))
                    {
                        broker.Block(slot, now);
                        Wait(slot, isFull ? Room : Memory, now);
                        return false;
                    }
                }

                int length = broker.Transmit(slot, _buffer, 0, _buffer.Length, now);
                if (length > 0)
                {
                    hasSent = true;
                    socket.Send(_buffer, 0, length, SocketFlags.None);
                }
            }
            catch (Exception e) when (e is SocketException || e is ObjectDisposedException)
            {
                // Whatever the error: nobody knows how much went out, so the stream is broken.
                Close(slot, now, true);
                return true;
            }

            if (broker.WantsClose(slot))
            {
                return End(slot, hasSent, now) || hasSent;
            }

            // What goes on waiting is in turn again: the broker names it.
            if (_waits[slot] != Nothing)
            {
                Wait(slot, Nothing, now);
            }

            return hasSent;
        }

        /// <summary>
        /// All was said to a client. Whoever closes first keeps memory for two minutes, so the
        /// client gets a second for it; one that did not even take what was said gets none.
        /// </summary>
        /// <returns>Whether the connection was closed.</returns>
        private bool End(int slot, bool hasSent, long now)
        {
            if (hasSent || _waits[slot] == Nothing)
            {
                _broker.Block(slot, now);
                Wait(slot, Goodbye, now);
                if (!hasSent)
                {
                    _since[slot] -= HearMs; // Nothing was said, so there is nothing to hear.
                }

                return false;
            }

            Close(slot, now, true);
            return true;
        }

        /// <summary>Looks after a connection whose client is to close it.</summary>
        private void Leave(int slot, long now)
        {
            try
            {
                Socket socket = _sockets[slot];
                if (socket.Poll(0, SelectMode.SelectRead))
                {
                    // Nobody reads it, but unread bytes would make a reset of the end.
                    if (socket.Receive(_buffer, 0, _buffer.Length, SocketFlags.None) <= 0)
                    {
                        Close(slot, now, false);
                    }
                }
                else if ((int)now - _since[slot] >= _where.GoodbyeMs)
                {
                    Close(slot, now, true);
                }
            }
            catch (Exception e) when (e is SocketException || e is ObjectDisposedException)
            {
                Close(slot, now, true);
            }
        }

        /// <summary>The one of those that wait for something for whom it began first.</summary>
        private int Oldest(byte waits)
        {
            int oldest = MqttBroker.None;
            for (int i = 0; i < _count; i++)
            {
                int slot = _slots[i];
                if (_waits[slot] == waits
                    && (oldest == MqttBroker.None || _since[slot] - _since[oldest] < 0))
                {
                    oldest = slot;
                }
            }

            return oldest;
        }

        private void Wait(int slot, byte waits, long now)
        {
            byte before = _waits[slot];
            if (before != waits)
            {
                _waits[slot] = waits;
                _since[slot] = (int)now;
                _waiting += (waits == Nothing ? 0 : 1) - (before == Nothing ? 0 : 1);
                _leaving += (waits == Goodbye ? 1 : 0) - (before == Goodbye ? 1 : 0);
            }
        }
    }
}
