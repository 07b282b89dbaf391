using System;
using System.Collections.Generic;
using System.Net;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>A client's end of a connection in the virtual network.</summary>
    public sealed class Peer
    {
        private const int RetransmissionMs = 200;
        private const int MaxShift = 9;

        private readonly VirtualStack _net;
        private readonly Queue<byte[]> _waiting = new Queue<byte[]>();
        private readonly Dictionary<int, Segment> _early = new Dictionary<int, Segment>();
        private int _serial;
        private int _onTheWay;
        private int _expected;
        private int _room = int.MaxValue;

        /// <summary>Where it comes from.</summary>
        public readonly IPEndPoint Address;

        /// <summary>Time of a frame in either direction.</summary>
        public int OneWayMs = 5;

        /// <summary>How late it acknowledges.</summary>
        public int AckDelayMs;

        /// <summary>Whether it has lost power: nothing goes out, nothing comes in.</summary>
        public bool IsGone;

        /// <summary>No frame passes before this time.</summary>
        public long BlackoutUntilMs;

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

        /// <summary>The device's end, once a SYN has arrived there.</summary>
        public VirtualConnection Connection;

        private bool _isClosed;

        /// <summary>A client that has not connected.</summary>
        public Peer(VirtualStack net, int number)
        {
            _net = net;
            Address = new IPEndPoint(new IPAddress(new byte[] { 10, 0, 0, (byte)number }), 40000);
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
            for (int at = 0; at < bytes.Length; at += Segment.MaxSize)
            {
                _waiting.Enqueue(bytes.AsSpan(
                    at, Math.Min(Segment.MaxSize, bytes.Length - at)).ToArray());
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
                || _onTheWay + Connection.Unread + next.Length <= VirtualConnection.Window))
            {
                _waiting.Dequeue();
                _onTheWay += next.Length;
                Deliver(_serial++, next, 0);
            }
        }

        /// <summary>The connection is there.</summary>
        public void Open()
        {
            if (!IsOpen)
            {
                IsOpen = true;
                OnOpen?.Invoke();
                Push();
            }
        }

        /// <summary>Nobody listens.</summary>
        public void Refuse()
        {
            IsRefused = true;
        }

        /// <summary>The connection was reset.</summary>
        public void Reset()
        {
            IsReset = true;
            _waiting.Clear();
        }

        /// <summary>Answers a probe of the device.</summary>
        public void Answer()
        {
            Acknowledge(_expected - 1);
        }

        /// <summary>A segment has arrived.</summary>
        public void Take(Segment segment)
        {
            if (_isClosed && HasClosedFirst && segment.Length > 0)
            {
                _net.Frame(this, Connection.Fail);
                return;
            }

            bool isNext = segment.Serial == _expected;
            if (segment.Serial >= _expected)
            {
                _early[segment.Serial] = segment;
            }

            while (_early.TryGetValue(_expected, out Segment next) && next.Length <= _room)
            {
                _early.Remove(_expected++);
                _room -= _room == int.MaxValue ? 0 : next.Length;
                TakeInOrder(next);
            }

            if (isNext && AckDelayMs > 0)
            {
                _net.After(AckDelayMs, Answer);
            }
            else
            {
                Answer();
            }
        }

        private void TakeInOrder(Segment segment)
        {
            if (segment.IsFin)
            {
                HasEnded = true;
                if (DoesCloseInTurn)
                {
                    Close();
                }
            }
            else
            {
                OnData?.Invoke(segment.Data, segment.Length);
            }
        }

        private void Acknowledge(int serial)
        {
            if (!IsGone)
            {
                _net.Frame(this, () => Connection.TakeAcknowledgement(serial));
            }
        }

        private void Deliver(int serial, byte[] bytes, int attempt)
        {
            if (IsGone || IsReset)
            {
                return;
            }

            if (_net.IsLost(this))
            {
                _net.After((long)RetransmissionMs << Math.Min(attempt, MaxShift),
                    () => Deliver(serial, bytes, attempt + 1));
                return;
            }

            _net.After(OneWayMs, () =>
            {
                _onTheWay -= bytes.Length;
                Connection.Take(serial, bytes);
            });
        }
    }
}
