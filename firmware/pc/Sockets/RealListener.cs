using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>A listening socket of the PC.</summary>
    public sealed class RealListener : Listener
    {
        private readonly RealStack _stack;
        private readonly TcpListener _listener;

        /// <summary>Takes a listener that listens.</summary>
        public RealListener(RealStack stack, TcpListener listener)
        {
            _stack = stack;
            _listener = listener;
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        /// <inheritdoc/>
        public override int Pending()
        {
            return _listener.Pending() ? 1 : 0;
        }

        /// <inheritdoc/>
        public override Connection Accept()
        {
            TcpClient client = _listener.AcceptTcpClient();
            if (!_stack.TakeMemory(NetStack.ConnectionBytes))
            {
                client.Dispose();
                throw new SocketException(NetStack.NoError);
            }

            return new RealConnection(_stack, client);
        }

        /// <inheritdoc/>
        public override void Close()
        {
            _stack.GiveMemory(NetStack.ListenerBytes);
            _listener.Stop();
        }
    }
}
