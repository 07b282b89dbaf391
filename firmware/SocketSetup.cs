using System;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Firmware
{
    /// <summary>What every socket of the firmware gets, and how it ends.</summary>
    internal static class SocketSetup
    {
        // lwIP's names, which the class library hands through. Its defaults are two hours of
        // silence, and 19 minutes when something was sent.
        private const int KeepIdleName = 3;
        private const int KeepIntervalName = 4;
        private const int KeepCountName = 5;
        private const int KeepCount = 3;

        // Seconds, with the short interval: more than anybody can have been silent.
        private const int AskingCount = 100;
        private const int DrainRounds = 4;

        /// <summary>For an accepted socket.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="sendTimeoutMs">Longest wait of one Send.</param>
        public static void Prepare(Socket socket, int sendTimeoutMs)
        {
            socket.SendTimeout = sendTimeoutMs;
            socket.ReceiveTimeout = sendTimeoutMs;
            Set(socket, SocketOptionLevel.Socket, (int)SocketOptionName.KeepAlive, 1);
            Tune(socket, false, false);
        }

        /// <summary>
        /// Vanished clients are found in 90 s whatever Keep Alive they asked for, and each Send is
        /// a segment of its own. When memory is short they are found in 5 s, and small messages
        /// share segments, each of which takes 1,536 bytes until it is acknowledged.
        /// </summary>
        /// <param name="socket">The socket.</param>
        /// <param name="isMemoryShort">Whether to look for who has vanished.</param>
        /// <param name="isFirst">Whether that has just begun: lwIP gives up at once who was silent
        /// for longer than the new times, so everybody is asked before the times are short.
        /// </param>
        public static void Tune(Socket socket, bool isMemoryShort, bool isFirst)
        {
            Set(socket, SocketOptionLevel.Tcp, (int)SocketOptionName.NoDelay,
                isMemoryShort ? 0 : 1);
            if (isMemoryShort)
            {
                // In this order, for lwIP looks in between.
                Set(socket, SocketOptionLevel.Tcp, KeepCountName,
                    isFirst ? AskingCount : KeepCount);
                Set(socket, SocketOptionLevel.Tcp, KeepIntervalName, 1);
                Set(socket, SocketOptionLevel.Tcp, KeepIdleName, 2);
            }
            else
            {
                Set(socket, SocketOptionLevel.Tcp, KeepIdleName, 60);
                Set(socket, SocketOptionLevel.Tcp, KeepIntervalName, 10);
                Set(socket, SocketOptionLevel.Tcp, KeepCountName, KeepCount);
            }
        }

        /// <summary>
        /// Ends a connection with a reset, which frees at once what the stack holds for it. Never
        /// with Linger above 0: that Close fails, and the socket is lost.
        /// </summary>
        public static void Abort(Socket socket)
        {
            Set(socket, SocketOptionLevel.Socket, (int)SocketOptionName.Linger, 0);
            Close(socket);
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
            catch (Exception)
            {
                return 0; // It has gone.
            }
        }

        /// <summary>Lets a listener bind while old connections of its port still wait.</summary>
        public static void ReuseAddress(Socket socket, Surroundings where)
        {
            if (where.MustReuseAddress)
            {
                Set(socket, SocketOptionLevel.Socket, (int)SocketOptionName.ReuseAddress, 1);
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
            catch (Exception)
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
            catch (Exception)
            {
                // It has gone.
            }
        }

        private static void Set(Socket socket, SocketOptionLevel level, int name, int value)
        {
            try
            {
                socket.SetSocketOption(level, (SocketOptionName)name, value);
            }
            catch (Exception)
            {
                // It has gone already (the next Poll tells), or the option is not built in, which
                // each runtime says with an exception of its own.
            }
        }
    }
}
