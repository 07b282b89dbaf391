using System;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Firmware
{
    /// <summary>What every socket of the firmware gets, and how it ends.</summary>
    internal static class SocketSetup
    {
        private const int DrainRounds = 4;

        /// <summary>For an accepted socket.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="sendTimeoutMs">Longest wait of one Send.</param>
        public static void Prepare(Socket socket, int sendTimeoutMs)
        {
            socket.SendTimeout = sendTimeoutMs;
            socket.ReceiveTimeout = sendTimeoutMs;
            Set(socket, SocketOptionLevel.Tcp, SocketOptionName.NoDelay);

            // For clients without Keep Alive, whose loss nothing else would tell.
            Set(socket, SocketOptionLevel.Socket, SocketOptionName.KeepAlive);
        }

        /// <summary>A number for where a connection comes from; 0 if unknown.</summary>
        public static int AddressOf(Socket socket)
        {
            try
            {
                IPEndPoint remote = (IPEndPoint)socket.RemoteEndPoint;
                byte[] bytes = remote.Address.GetAddressBytes();
                int number = 0;
                for (int i = 0; i < bytes.Length; i++)
                {
                    number = (number << 8) ^ bytes[i] ^ (number >> 24);
                }

                return number;
            }
            catch (SocketException)
            {
                return 0; // It has gone.
            }
        }

        /// <summary>Lets a listener bind while old connections of its port still wait.</summary>
        public static void ReuseAddress(Socket socket, Surroundings where)
        {
            if (where.MustReuseAddress)
            {
                Set(socket, SocketOptionLevel.Socket, SocketOptionName.ReuseAddress);
            }
        }

        /// <summary>
        /// Throws away what has arrived: a socket that is closed with unread bytes resets the
        /// connection, and the client would lose the reason it was told.
        /// </summary>
        public static void Drain(Socket socket, byte[] buffer)
        {
            try
            {
                for (int i = 0; i < DrainRounds && socket.Poll(0, SelectMode.SelectRead); i++)
                {
                    if (socket.Receive(buffer, 0, buffer.Length, SocketFlags.None) <= 0)
                    {
                        return;
                    }
                }
            }
            catch (SocketException)
            {
                // It has gone.
            }
        }

        /// <summary>Closes a socket, or null, whatever state it is in.</summary>
        public static void Close(Socket socket)
        {
            try
            {
                if (socket != null)
                {
                    socket.Close();
                }
            }
            catch (SocketException)
            {
                // It has gone.
            }
        }

        private static void Set(Socket socket, SocketOptionLevel level, SocketOptionName name)
        {
            try
            {
                socket.SetSocketOption(level, name, true);
            }
            catch (Exception)
            {
                // It has gone already (the next Poll tells), or the option is not built in, which
                // each runtime says with an exception of its own.
            }
        }
    }
}
