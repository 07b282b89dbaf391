using EdgeBroker.Firmware.Pc;

namespace System.Net.Sockets
{
    /// <summary>
    /// The device's class of this name. It always blocks; Send goes on until all is taken or
    /// SendTimeout is over, and then nobody knows how much went out.
    /// </summary>
    internal sealed class Socket
    {
        private readonly NetStack _stack;
        private readonly TcpOptions _options = new TcpOptions();
        private readonly bool _isStream;
        private IPEndPoint _bound;
        private Listener _listener;
        private Connection _connection;
        private UdpClient _datagrams;
        private volatile bool _isClosed;

        /// <summary>Takes a socket of the stack.</summary>
        public Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType)
            : this(NetStack.Current, socketType == SocketType.Stream)
        {
        }

        private Socket(NetStack stack, bool isStream)
        {
            _stack = stack;
            _isStream = isStream;
            if (!stack.TakeSocket())
            {
                throw new SocketException(NetStack.NoError);
            }
        }

        /// <summary>Longest wait of one Send in milliseconds; 0 waits for ever.</summary>
        public int SendTimeout { get; set; }

        /// <summary>Longest wait of one Receive in milliseconds; 0 waits for ever.</summary>
        public int ReceiveTimeout { get; set; }

        /// <summary>Where it is bound.</summary>
        public EndPoint LocalEndPoint
        {
            get
            {
                return _listener != null ? new IPEndPoint(_bound.Address, _listener.Port)
                    : _datagrams != null ? _datagrams.Client.LocalEndPoint
                    : _bound;
            }
        }

        /// <summary>The other end.</summary>
        public EndPoint RemoteEndPoint
        {
            get { return Opened().Remote; }
        }

        /// <summary>Chooses the port; of a datagram socket it is taken now.</summary>
        public void Bind(EndPoint localEP)
        {
            _bound = (IPEndPoint)localEP;
            if (!_isStream && _stack.HasDatagrams)
            {
                _datagrams = new UdpClient(_bound);
            }
        }

        /// <summary>Takes the port.</summary>
        public void Listen(int backlog)
        {
            _listener = _stack.Listen(_bound, backlog);
        }

        /// <summary>Waits for a connection.</summary>
        public Socket Accept()
        {
            NetStack.ThrowNext(_stack.AcceptFaults);
            int wanted = _stack.DoesAcceptHang ? 2 : 1;
            while (!_isClosed && _listener.Pending() < wanted)
            {
                _stack.Wait();
            }

            ThrowIfClosed();
            Connection connection = _listener.Accept();
            try
            {
                var socket = new Socket(_stack, true);
                socket._connection = connection;
                return socket;
            }
            catch (SocketException)
            {
                connection.Close(true); // lwIP has none to give and drops the connection.
                throw;
            }
        }

        /// <summary>Whether it can be read or written now.</summary>
        public bool Poll(int microSeconds, SelectMode mode)
        {
            ThrowIfClosed();
            _stack.Polls++;
            _stack.Progress();
            if (_datagrams != null)
            {
                return _datagrams.Client.Poll(microSeconds, mode);
            }

            return !_isStream ? false
                : _listener != null ? _listener.Pending() > 0
                : mode == SelectMode.SelectWrite ? Opened().IsWritable()
                : Opened().IsReadable();
        }

        /// <summary>Waits for bytes; 0 at the end of the stream.</summary>
        public int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags)
        {
            ThrowIfClosed();
            if (_datagrams != null)
            {
                return _datagrams.Client.Receive(buffer, offset, size, socketFlags);
            }

            long end = EndOf(ReceiveTimeout);
            int got = Opened().Read(buffer, offset, size);
            while (got < 0)
            {
                WaitUntil(end);
                got = _connection.Read(buffer, offset, size);
            }

            return got;
        }

        /// <summary>Sends all of it.</summary>
        public int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags)
        {
            Connection connection = Opened();
            _stack.Sends++;
            NetStack.ThrowNext(_stack.SendFaults);
            long end = EndOf(SendTimeout);
            int done = 0;
            bool hasWaited = false;
            while (true)
            {
                int got = connection.Write(buffer, offset + done, size - done);
                if (got < 0)
                {
                    _stack.StarvedSends++;
                    throw new SocketException(NetStack.NoError);
                }

                done += got;
                if (done == size)
                {
                    return size;
                }

                _stack.BlockedSends += hasWaited ? 0 : 1;
                hasWaited = true;
                WaitUntil(end);
            }
        }

        /// <summary>Sends a datagram.</summary>
        public int SendTo(
            byte[] buffer, int offset, int size, SocketFlags socketFlags, EndPoint remoteEP)
        {
            ThrowIfClosed();
            return _datagrams.Client.SendTo(buffer, offset, size, socketFlags, remoteEP);
        }

        /// <summary>Sends a datagram.</summary>
        public int SendTo(byte[] buffer, EndPoint remoteEP)
        {
            return SendTo(buffer, 0, buffer.Length, SocketFlags.None, remoteEP);
        }

        /// <summary>Takes a datagram and where it comes from.</summary>
        public int ReceiveFrom(byte[] buffer, ref EndPoint remoteEP)
        {
            ThrowIfClosed();
            return _datagrams.Client.ReceiveFrom(buffer, ref remoteEP);
        }

        /// <summary>Sets an option.</summary>
        public void SetSocketOption(
            SocketOptionLevel optionLevel, SocketOptionName optionName, bool optionValue)
        {
            SetSocketOption(optionLevel, optionName, optionValue ? 1 : 0);
        }

        /// <summary>Sets an option.</summary>
        public void SetSocketOption(
            SocketOptionLevel optionLevel, SocketOptionName optionName, int optionValue)
        {
            ThrowIfClosed();
            _datagrams?.Client.SetSocketOption(optionLevel, optionName, optionValue);
            _options.Set(optionLevel, optionName, optionValue);
            if (_connection != null)
            {
                _options.Apply(_connection);
            }
        }

        /// <summary>Closes it. With Linger above 0 that fails, and the socket is lost.</summary>
        public void Close()
        {
            if (_isClosed)
            {
                return;
            }

            if (_connection != null && _options.Linger > 0)
            {
                _stack.LeakedSockets++;
                throw new SocketException(NetStack.WouldBlock);
            }

            _isClosed = true;
            _stack.GiveSocket();
            _listener?.Close();
            _connection?.Close(_options.Linger == 0);
            _datagrams?.Dispose();
        }

        private Connection Opened()
        {
            ThrowIfClosed();
            return _connection ?? throw new SocketException(NetStack.NoError);
        }

        private void ThrowIfClosed()
        {
            if (_isClosed)
            {
                throw new ObjectDisposedException("Socket");
            }
        }

        private long EndOf(int timeoutMs)
        {
            return timeoutMs <= 0 ? long.MaxValue : _stack.NowMs + timeoutMs;
        }

        private void WaitUntil(long end)
        {
            if (_stack.NowMs >= end)
            {
                throw new SocketException(NetStack.TimedOut);
            }

            _stack.Wait();
            ThrowIfClosed();
        }
    }
}
