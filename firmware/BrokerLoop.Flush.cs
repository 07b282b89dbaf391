using System.Net.Sockets;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    public sealed partial class BrokerLoop
    {
        private const int ChunksPerFlush = 4;

        /// <summary>
        /// Bytes that a socket takes at least when it says that it can be written: lwIP's low-water
        /// mark, assumed. As long as less was sent since, asking again is saved.
        /// </summary>
        private const int WritableBytes = 2 * ChunkSize;

        private bool FlushReady(long now)
        {
            MqttBroker broker = _broker;
            int slot = broker.TakeReady();
            if (slot == MqttBroker.None)
            {
                return false;
            }

            bool[] isWaiting = _isWaiting;
            while (slot != MqttBroker.None)
            {
                // What waits for its socket is sent by RetryWaiting.
                if (!isWaiting[slot])
                {
                    Flush(slot, now);
                }

                slot = broker.TakeReady();
            }

            return true;
        }

        private bool RetryWaiting(long now)
        {
            bool isBusy = false;
            for (int i = _count - 1; i >= 0; i--)
            {
                int slot = _slots[i];
                if (_isWaiting[slot] && Flush(slot, now))
                {
                    isBusy = true;
                }
            }

            return isBusy;
        }

        /// <summary>Sends what waits for a client, as far as its socket takes it now.</summary>
        /// <returns>Whether anything was sent or the connection closed.</returns>
        private bool Flush(int slot, long now)
        {
            MqttBroker broker = _broker;
            Socket socket = _sockets[slot];
            if (socket == null)
            {
                return false; // It was closed after the core had named it.
            }

            bool hasSent = false;
            try
            {
                for (int chunk = 0; chunk < ChunksPerFlush; chunk++)
                {
                    if (_credit[slot] < ChunkSize)
                    {
                        if (!socket.Poll(0, SelectMode.SelectWrite))
                        {
                            NoteBlocked(slot, now);
                            return hasSent;
                        }

                        _credit[slot] = WritableBytes;
                    }

                    int length = broker.Transmit(slot, _buffer, 0, ChunkSize, now);
                    if (length > 0)
                    {
                        hasSent = true;
                        _credit[slot] -= length;
                        socket.Send(_buffer, 0, length, SocketFlags.None);
                    }

                    if (!broker.HasOutput(slot))
                    {
                        EndFlush(slot, now);
                        return true;
                    }
                }
            }
            catch (SocketException)
            {
                // Also after SendTimeout: nobody knows how much went out, so the stream is broken.
                Close(slot, now);
                return true;
            }

            // There is more, but the others come first.
            SetWaiting(slot, true);
            return true;
        }

        private void NoteBlocked(int slot, long now)
        {
            if (!_isSlow[slot])
            {
                _isSlow[slot] = true;
                _graceEndMs = now + _where.BlockedGraceMs;
            }

            SetWaiting(slot, true);
        }

        private void EndFlush(int slot, long now)
        {
            if (_isWaiting[slot])
            {
                SetWaiting(slot, false);
            }

            _isSlow[slot] = false;

            if (_broker.WantsClose(slot))
            {
                Close(slot, now);
            }
        }

        private void SetWaiting(int slot, bool isWaiting)
        {
            if (_isWaiting[slot] != isWaiting)
            {
                _isWaiting[slot] = isWaiting;
                _waiting += isWaiting ? 1 : -1;
            }
        }
    }
}
