using System;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Firmware
{
    /// <summary>Gives addresses to the stations of the device's own network.</summary>
    public sealed class DhcpServer
    {
        private readonly IPEndPoint _replyTo;
        private readonly DhcpReply _reply = new DhcpReply();
        private readonly byte[] _request = new byte[576];
        private readonly byte[] _answer = new byte[DhcpReply.Size];
        private Socket _listener;
        private Socket _sender;

        /// <summary>Port that is listened on.</summary>
        public int Port;

        /// <summary>Opens its two sockets; without them stations need a fixed address.</summary>
        public DhcpServer(Surroundings where)
        {
            _replyTo = where.DhcpReplyTo == null
                ? new IPEndPoint(IPAddress.Broadcast, 68)
                : where.DhcpReplyTo;
            try
            {
                _listener = new Socket(
                    AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

                // On any address: stations ask all when they come, and this one to renew.
                _listener.Bind(new IPEndPoint(where.DhcpListenAddress, where.DhcpPort));
                Port = ((IPEndPoint)_listener.LocalEndPoint).Port;

                // Bound to the own address, so that the answer leaves through the own network.
                _sender = new Socket(
                    AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                IPAddress sender = where.DhcpSenderAddress == null
                    ? IPAddress.Parse(AccessPoint.Address)
                    : where.DhcpSenderAddress;
                _sender.Bind(new IPEndPoint(sender, 0));
                _sender.SetSocketOption(
                    SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
            }
            catch (SocketException e)
            {
                Console.WriteLine("no DHCP server: error " + e.ErrorCode.ToString());
                Stop();
            }
        }

        /// <summary>Answers one request if there is one.</summary>
        public void Turn()
        {
            try
            {
                if (_listener == null || !_listener.Poll(0, SelectMode.SelectRead))
                {
                    return;
                }

                int got = _listener.Receive(_request, 0, _request.Length, SocketFlags.None);
                int length = _reply.Make(_request, got, _answer);
                if (length > 0)
                {
                    _sender.SendTo(_answer, 0, length, SocketFlags.None, ReplyTo());
                }
            }
            catch (SocketException)
            {
                // A lost answer: the station asks again.
            }
        }

        /// <summary>Where the answer goes: a station that has an address hears it there.</summary>
        private IPEndPoint ReplyTo()
        {
            if (_answer[DhcpReply.ClientAddressAt] == 0)
            {
                return _replyTo;
            }

            byte[] address = new byte[4];
            Array.Copy(_answer, DhcpReply.ClientAddressAt, address, 0, 4);
            return new IPEndPoint(new IPAddress(address), _replyTo.Port);
        }

        /// <summary>Closes the sockets.</summary>
        public void Stop()
        {
            SocketSetup.Close(_listener);
            SocketSetup.Close(_sender);
            _listener = null;
            _sender = null;
        }
    }
}
