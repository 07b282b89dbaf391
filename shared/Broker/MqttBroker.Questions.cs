namespace EdgeBroker.Broker
{
    // What a host asks: nothing is changed by it.
    public sealed partial class MqttBroker
    {
        /// <summary>Whether a new connection finds a slot. If not, let it wait.</summary>
        public bool CanOpen()
        {
            return !_connections.IsFull();
        }

        /// <summary>
        /// How many bytes Receive takes from a connection now. 0 means: leave them in the socket.
        /// </summary>
        /// <remarks>
        /// It is 0 for all as long as a queue that was not offered yet could get too full, or there
        /// is no room: what waits is offered first, and nobody is taken for slow who was not asked.
        /// </remarks>
        public int ReceiveWindow(int slot)
        {
            if (_isPlain[slot] && _inbound.Length[slot] == 0 && !_router.IsCrowded)
            {
                return _inbound.PlainWindow; // The common case.
            }

            if (_connections.State[slot] > (byte)ConnectionState.Connected || MustWait(slot))
            {
                return 0;
            }

            int window = _inbound.Window(slot, IsStranger(slot));
            return window < _parts.Limits.ReceiveSize ? window : _parts.Limits.ReceiveSize;
        }

        /// <summary>
        /// Who alone gets what has arrived, as it is. The host may Pass it then; or not, and call
        /// Receive as always. Both end in the same.
        /// </summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="buffer">Holds the bytes, from its beginning.</param>
        /// <param name="count">Bytes, at most what ReceiveWindow says.</param>
        /// <returns>Another slot, whose socket was not blocked; None: call Receive.</returns>
        public int PassesTo(int slot, byte[] buffer, int count)
        {
            return _inbound.Length[slot] > 0 ? None : _plain.TargetOf(slot, buffer, count);
        }

        /// <summary>
        /// The connection whose turn it is to be offered what waits for it, or to be closed; None
        /// when nobody's. It stays the same until Transmit, Block or Close has changed that.
        /// </summary>
        public int Ready()
        {
            return _queues.Offers.First;
        }

        /// <summary>Whether anything waits to be transmitted to a connection.</summary>
        public bool HasOutput(int slot)
        {
            return _queues.Head[slot] != OutboundQueues.None;
        }

        /// <summary>Whether the host should close the network connection of a slot now.</summary>
        public bool WantsClose(int slot)
        {
            return _connections.State[slot] == (byte)ConnectionState.Closing
                && !_queues.HasAny(slot);
        }

        /// <summary>Places of the table of Retained Messages, see ReadRetainedName.</summary>
        public int RetainedPlaces()
        {
            return _retained.Table.Positions();
        }

        /// <summary>Copies the Topic Name that is retained at a place.</summary>
        /// <param name="place">0 to RetainedPlaces() - 1.</param>
        /// <param name="target">Takes up to MaxTopicLength bytes of UTF-8.</param>
        /// <returns>Its bytes; 0 when there is none at this place.</returns>
        public int ReadRetainedName(int place, byte[] target)
        {
            return _retained.ReadName(place, target);
        }

        /// <summary>Where a connection stands.</summary>
        public ConnectionState StateOf(int slot)
        {
            return (ConnectionState)_connections.State[slot];
        }

        /// <summary>The protocol version of a connected client, see ProtocolVersion.</summary>
        public byte VersionOf(int slot)
        {
            return _connections.Version[slot];
        }

        /// <summary>
        /// Copies a connection's Client Identifier; while a CONNECT is being refused, the one that
        /// stands in it.
        /// </summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="target">Takes up to MaxClientIdLength bytes of UTF-8.</param>
        /// <returns>Its bytes; 0 when there is none.</returns>
        public int ReadClientId(int slot, byte[] target)
        {
            if (slot != _refused)
            {
                int session = _parts.SessionOf(slot);
                _clientIds.Read(session, target, 0);
                return _clientIds.LengthOf(session);
            }

            int length = _connect.ClientIdLength;
            if (length <= 0)
            {
                return 0; // It was what is wrong with the packet.
            }

            length = length < target.Length ? length : target.Length;
            System.Array.Copy(_connect.Buffer, _connect.ClientIdOffset, target, 0, length);
            return length;
        }
    }
}
