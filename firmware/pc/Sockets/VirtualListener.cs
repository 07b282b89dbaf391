using System.Collections.Generic;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>A listening socket in the virtual network.</summary>
    public sealed class VirtualListener : Listener
    {
        private readonly Queue<VirtualConnection> _pending = new Queue<VirtualConnection>();
        private readonly VirtualStack _stack;
        private readonly int _backlog;

        /// <summary>Listens.</summary>
        public VirtualListener(VirtualStack stack, int port, int backlog)
        {
            _stack = stack;
            _backlog = backlog;
            Port = port;
        }

        /// <summary>Somebody wants to connect.</summary>
        /// <returns>Whether there is room and memory; if not, the frame is forgotten.</returns>
        public bool Take(Peer peer)
        {
            if (_pending.Count >= _backlog || !_stack.TakeMemory(NetStack.ConnectionBytes))
            {
                return false;
            }

            peer.Connection = new VirtualConnection(_stack, peer);
            _pending.Enqueue(peer.Connection);
            return true;
        }

        /// <inheritdoc/>
        public override int Pending()
        {
            return _pending.Count;
        }

        /// <inheritdoc/>
        public override Connection Accept()
        {
            VirtualConnection connection = _pending.Dequeue();
            _stack.Streams?.Accepted(connection);
            return connection;
        }

        /// <inheritdoc/>
        public override void Close()
        {
            _stack.GiveMemory(NetStack.ListenerBytes);
            _stack.Forget(this);
            while (_pending.TryDequeue(out VirtualConnection connection))
            {
                connection.Close(true);
            }
        }
    }
}
