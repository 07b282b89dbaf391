using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>
    /// The device's network stack as far as programs notice it: lwIP's number of sockets, and the
    /// native heap that its connections and segments take. The figures were counted on lwIP 2.2 as
    /// ESP-IDF builds it.
    /// </summary>
    public abstract class NetStack
    {
        /// <summary>The error that lwIP's full tables show to programs: none.</summary>
        public const int NoError = 0;

        /// <summary>The error of a Send that took longer than SendTimeout.</summary>
        public const int TimedOut = 10060;

        /// <summary>The error of a connection that was reset or given up.</summary>
        public const int ConnectionReset = 10054;

        /// <summary>The error of a Close with Linger above 0.</summary>
        public const int WouldBlock = 10035;

        /// <summary>Native bytes of a listening socket.</summary>
        public const int ListenerBytes = 736;

        /// <summary>Native bytes of a connection at rest.</summary>
        public const int ConnectionBytes = 365;

        /// <summary>Native bytes of a segment that is not acknowledged, however short.</summary>
        public const int SegmentBytes = 1536;

        /// <summary>Native bytes of a connection in TIME_WAIT.</summary>
        public const int TimeWaitBytes = 172;

        /// <summary>The stack that new sockets belong to.</summary>
        public static NetStack Current
        {
            get { return _current.Value ?? _real; }
            set { _current.Value = value; }
        }

        private static readonly NetStack _real = new RealStack(new Radio());
        private static readonly AsyncLocal<NetStack> _current = new AsyncLocal<NetStack>();

        private readonly Radio _radio;
        private readonly object _lock = new object();

        /// <summary>Thrown one by one by the next calls of Accept.</summary>
        public readonly Queue<Exception> AcceptFaults = new Queue<Exception>();

        /// <summary>Thrown one by one by the next calls of Send.</summary>
        public readonly Queue<Exception> SendFaults = new Queue<Exception>();

        /// <summary>Sockets in all, listening ones included; 8 on the ESP32-C3.</summary>
        public int SocketLimit = 16;

        /// <summary>
        /// Bytes of a connection that may wait to be acknowledged. It can be written while less
        /// than half of them do.
        /// </summary>
        public int SendBytes = 5760;

        /// <summary>Segments of a connection that may wait to be acknowledged.</summary>
        public int SendSegments = 16;

        /// <summary>Most bytes of a connection that wait to be read.</summary>
        public int ReceiveBytes = 5760;

        /// <summary>Sockets in use.</summary>
        public int OpenSockets;

        /// <summary>Sockets that no Close ever gave back.</summary>
        public int LeakedSockets;

        /// <summary>Whether Accept waits until a second connection has come.</summary>
        public bool DoesAcceptHang;

        /// <summary>Sends that had to wait.</summary>
        public int BlockedSends;

        /// <summary>Sends that failed for want of native memory.</summary>
        public int StarvedSends;

        /// <summary>Calls of Poll.</summary>
        public int Polls;

        /// <summary>Calls of Send.</summary>
        public int Sends;

        /// <summary>The stack of a device.</summary>
        protected NetStack(Radio radio)
        {
            _radio = radio;
        }

        /// <summary>The stack's time in milliseconds.</summary>
        public abstract long NowMs
        {
            get;
        }

        /// <summary>Whether datagrams pass; if not, none ever comes.</summary>
        public virtual bool HasDatagrams
        {
            get { return true; }
        }

        /// <summary>Lets a millisecond pass.</summary>
        public abstract void Wait();

        /// <summary>Opens a listening socket.</summary>
        /// <exception cref="SocketException">The port is taken.</exception>
        public abstract Listener Listen(IPEndPoint at, int backlog);

        /// <summary>What the stack does by itself while the program runs.</summary>
        public virtual void Progress()
        {
        }

        /// <summary>Native memory in use.</summary>
        public long NativeUsed
        {
            get { return _radio.NativeUsedBytes; }
        }

        /// <summary>Counts a socket, if there is one left.</summary>
        public bool TakeSocket()
        {
            lock (_lock)
            {
                if (OpenSockets == SocketLimit)
                {
                    return false;
                }

                OpenSockets++;
                return true;
            }
        }

        /// <summary>A socket is closed.</summary>
        public void GiveSocket()
        {
            lock (_lock)
            {
                OpenSockets--;
            }
        }

        /// <summary>Takes native memory, if there is enough.</summary>
        public bool TakeMemory(int bytes)
        {
            lock (_lock)
            {
                if (_radio.NativeUsedBytes + bytes > _radio.NativeBytes)
                {
                    return false;
                }

                _radio.NativeUsedBytes += bytes;
                return true;
            }
        }

        /// <summary>Gives native memory back.</summary>
        public void GiveMemory(int bytes)
        {
            lock (_lock)
            {
                _radio.NativeUsedBytes -= bytes;
            }
        }

        /// <summary>Throws the next of the faults that were asked for.</summary>
        public static void ThrowNext(Queue<Exception> faults)
        {
            if (faults.TryDequeue(out Exception fault))
            {
                throw fault;
            }
        }
    }
}
