using System;
using System.Collections.Generic;
using System.Net;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>A client's end of a connection in the virtual network.</summary>
    public sealed partial class Peer
    {
        private const int RetransmissionMs = 200;
        private const int MaxShift = 9;
        private const int ProbeMs = 1000;

        private readonly VirtualStack _net;
        private readonly Queue<byte[]> _waiting = new Queue<byte[]>();
        private readonly Dictionary<int, Segment> _early = new Dictionary<int, Segment>();
        private int _serial;
        private int _onTheWay;
        private int _expected;
        private int _room = int.MaxValue;
        private bool _isClosed;
        private bool _isProbing;

        /// <summary>Where it comes from.</summary>
        public readonly IPEndPoint Address;

        /// <summary>The way of its frames; also of the same client's other connections.</summary>
        public readonly NetPath Path;

        /// <summary>Most bytes of a segment that it sends, down to 1; shorter by chance.</summary>
        public int MaxCut = int.MaxValue;

        /// <summary>The port that it connects to.</summary>
        public int Port = 1883;

        /// <summary>How late it acknowledges.</summary>
        public int AckDelayMs;

        /// <summary>Whether it has lost power: nothing goes out, nothing comes in.</summary>
        public bool IsGone;

        /// <summary>Whether the connection is there.</summary>
        public bool IsOpen;

        /// <summary>Whether nobody listened.</summary>
        public bool IsRefused;

        /// <summary>Whether the connection was reset.</summary>
        public bool IsReset;

        /// <summary>Whether the device has ended its stream.</summary>
        public bool HasEnded;

        /// <summary>Whether it closed before the device did.</summary>
        public bool HasClosedFirst;

        /// <summary>Whether it answers the end of the device's stream with its own.</summary>
        public bool DoesCloseInTurn = true;

        /// <summary>Gets what arrives.</summary>
        public Action<byte[], int> OnData;

        /// <summary>Hears when the connection is there.</summary>
        public Action OnOpen;

        /// <summary>Hears once that the connection is over, however it ended.</summary>
        public Action OnEnd;

        /// <summary>The device's end, once a SYN has arrived there.</summary>
        public VirtualConnection Connection;

        /// <summary>A client that has not connected.</summary>
        /// <param name="net">The network.</param>
        /// <param name="number">Its number, of which its address is made.</param>
        /// <param name="path">The way of its frames, or null for a good one.</param>
        public Peer(VirtualStack net, int number, NetPath path = null)
        {
            _net = net;
            Path = path ?? new NetPath();
            var address = new byte[] { 10, 0, (byte)(number >> 8), (byte)number };
            Address = new IPEndPoint(new IPAddress(address), 40000);
        }

        /// <summary>Begins to connect.</summary>
        public void Connect()
        {
            _net.Connect(this, 0);
        }

        /// <summary>From now on it takes so many bytes and no more.</summary>
        public void StopReading(int room)
        {
            _room = room;
        }

        /// <summary>It reads again.</summary>
        public void GoOnReading()
        {
            _room = int.MaxValue;
        }

        /// <summary>Sends bytes.</summary>
        public void Send(byte[] bytes)
        {
            int part;
            for (int at = 0; at < bytes.Length; at += part)
            {
                part = Math.Min(bytes.Length - at,
                    MaxCut < Segment.MaxSize ? _net.Cut(this, MaxCut) : Segment.MaxSize);
                _waiting.Enqueue(bytes.AsSpan(at, part).ToArray());
            }

            Push();
        }

        /// <summary>Ends the connection after what was sent.</summary>
        public void Close()
        {
            if (!_isClosed)
            {
                _isClosed = true;
                HasClosedFirst = !HasEnded;
                _waiting.Enqueue(Array.Empty<byte>());
                Push();
            }
        }

        /// <summary>Sends what the device's window allows.</summary>
        public void Push()
        {
            while (IsOpen && _waiting.TryPeek(out byte[] next) && (next.Length == 0
                || _onTheWay + Connection.Unread + next.Length <= _net.ReceiveBytes))
            {
                _waiting.Dequeue();
                _onTheWay += next.Length;
                Deliver(_serial++, next, 0);
            }

            // The frame that says that there is room again may be lost.
            if (_waiting.Count > 0 && IsOpen && !_isProbing)
            {
                _isProbing = true;
                _net.After(ProbeMs, () =>
                {
                    _isProbing = false;
                    Push();
                });
            }
        }

        /// <summary>Ends the connection by a reset; what was sent may be lost.</summary>
        public void Abort()
        {
            _net.FrameFrom(this, () => Connection?.Abort());
            Reset();
        }
    }
}
