using System.Net.Sockets;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    public sealed partial class BrokerLoop
    {
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
                // Before each Send: lwIP promises room for one, and then Send blocks the loop.
                if (broker.HasOutput(slot) && !socket.Poll(0, SelectMode.SelectWrite))
                {
                    broker.Block(slot, now);
                    SetWaiting(slot, true);
                    return false;
                }

                int length = broker.Transmit(slot, _buffer, 0, ChunkSize, now);
                if (length > 0)
                {
                    hasSent = true;
                    socket.Send(_buffer, 0, length, SocketFlags.None);
                }
            }
            catch (SocketException)
            {
                // Also after SendTimeout: nobody knows how much went out, so the stream is broken.
                Close(slot, now);
                return true;
            }

            // What goes on waiting is in turn again: the broker names it.
            SetWaiting(slot, false);
            if (!broker.WantsClose(slot))
            {
                return hasSent;
            }

            Close(slot, now);
            return true;
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
