using System;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>A connection of the PC behind lwIP's send side.</summary>
    public sealed class RealConnection : Connection
    {
        private readonly RealStack _stack;
        private readonly TcpClient _client;
        private bool _isUnsent;

        /// <summary>Takes an accepted connection.</summary>
        public RealConnection(RealStack stack, TcpClient client)
            : base(stack)
        {
            _stack = stack;
            _client = client;
            client.NoDelay = true; // What waits for more waits above.
            client.Client.Blocking = false;
        }

        /// <inheritdoc/>
        public override IPEndPoint Remote
        {
            get { return (IPEndPoint)_client.Client.RemoteEndPoint; }
        }

        /// <inheritdoc/>
        public override bool IsReadable()
        {
            return _client.Client.Poll(0, SelectMode.SelectRead);
        }

        /// <inheritdoc/>
        public override int Read(byte[] buffer, int offset, int count)
        {
            int got = _client.Client.Receive(
                buffer, offset, count, SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
            {
                return -1;
            }

            return error == SocketError.Success
                ? got
                : throw new SocketException(NetStack.ConnectionReset);
        }

        /// <inheritdoc/>
        public override void SetKeepAlive(bool isOn, int idleMs, int intervalMs, int count)
        {
            var kernel = _client.Client;
            kernel.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, isOn);
            kernel.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, idleMs / 1000);
            kernel.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, intervalMs / 1000);
            kernel.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, count);
        }

        /// <inheritdoc/>
        public override void Close(bool isAborted)
        {
            Send();
            FreeSegments();
            Note();
            Stack.GiveMemory(NetStack.ConnectionBytes);
            if (isAborted)
            {
                _client.Client.LingerState = new LingerOption(true, 0);
            }

            _client.Dispose();
        }

        /// <summary>Sends what the PC takes.</summary>
        public void Send()
        {
            // Once it refused, the PC is asked again when a third of its buffer is free. To go on
            // a segment at a time would look like a client that is always behind.
            if (_isUnsent && !_client.Client.Poll(0, SelectMode.SelectWrite))
            {
                return;
            }

            while (InFlight > 0 && TrySend(Segments[0]))
            {
                Acknowledge(Segments[0].Serial);
            }

            Note();
        }

        /// <inheritdoc/>
        protected override void Transmit(Segment segment)
        {
            if (InFlight == 1)
            {
                Send();
            }
        }

        private void Note()
        {
            if (_isUnsent != Segments.Count > 0)
            {
                _isUnsent = !_isUnsent;
                if (_isUnsent)
                {
                    _stack.Unsent.Add(this);
                }
                else
                {
                    _stack.Unsent.Remove(this);
                }
            }
        }

        private bool TrySend(Segment segment)
        {
            if (segment.Taken < segment.Length
                && _client.Client.Poll(0, SelectMode.SelectWrite))
            {
                int got = _client.Client.Send(segment.Data, segment.Taken,
                    segment.Length - segment.Taken, SocketFlags.None, out SocketError error);
                if (error != SocketError.Success && error != SocketError.WouldBlock)
                {
                    IsReset = true;
                }

                segment.Taken += Math.Max(got, 0);
            }

            return segment.Taken == segment.Length;
        }
    }
}
