using System.Net.Sockets;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    public sealed partial class BrokerLoop
    {
        /// <summary>
        /// Bytes that a socket takes at least when it says that it can be written: lwIP's low-water
        /// mark, assumed. As long as less was sent since, asking again is saved.
        /// </summary>
        private const int WritableBytes = 2 * ChunkSize;

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
                if (_credit[slot] < ChunkSize && broker.HasOutput(slot))
                {
                    if (!socket.Poll(0, SelectMode.SelectWrite))
                    {
                        NoteBlocked(slot, now);
                        return false;
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
            }
            catch (SocketException)
            {
                // Also after SendTimeout: nobody knows how much went out, so the stream is broken.
                Close(slot, now);
                return true;
            }

            if (!broker.HasOutput(slot))
            {
                EndFlush(slot, now);
            }

            return hasSent;
        }

        private void NoteBlocked(int slot, long now)
        {
            if (!_isSlow[slot])
            {
                _isSlow[slot] = true;
                _graceEndMs = now + _where.BlockedGraceMs;
            }

            _broker.Block(slot, now);
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
