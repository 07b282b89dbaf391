using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>
    /// The device's end of a connection in the virtual network: retransmission, keep-alive and the
    /// states after Close as lwIP has them. There is no congestion window.
    /// </summary>
    public sealed partial class VirtualConnection : Connection
    {
        private const int RetransmissionMs = 1500;
        private const int MaxShift = 7;
        private const int MaxRetransmissions = 12;
        private const int FastRetransmission = 3;
        private const int FinWaitMs = 20000;
        private const int TimeWaitMs = 120000;

        private readonly VirtualStack _net;
        private readonly Peer _peer;
        private readonly KeepAlive _keepAlive;
        private readonly Dictionary<int, byte[]> _early = new Dictionary<int, byte[]>();
        private byte[] _inbox = new byte[Segment.MaxSize];
        private int _inboxLength;
        private int _expected;
        private bool _hasEnded;
        private bool _hasSaidEnd;
        private bool _isClosed;
        private bool _isFreed;
        private bool _isTimed;
        private int _tries;
        private int _repeats;
        private int _recoverTo = -1;

        /// <summary>A SYN has come.</summary>
        public VirtualConnection(VirtualStack net, Peer peer)
            : base(net)
        {
            _net = net;
            _peer = peer;
            _keepAlive = new KeepAlive(net, () => net.Frame(peer, peer.Answer), Fail);
            net.Live.Add(this);
        }

        /// <inheritdoc/>
        public override IPEndPoint Remote
        {
            get { return IsReset ? throw new SocketException(NetStack.NoError) : _peer.Address; }
        }

        /// <summary>Bytes that have arrived and were not read.</summary>
        public int Unread
        {
            get { return _inboxLength; }
        }

        /// <inheritdoc/>
        public override bool IsReadable()
        {
            return IsReset || _inboxLength > 0 || _hasEnded;
        }

        /// <inheritdoc/>
        public override int Read(byte[] buffer, int offset, int count)
        {
            int got = Math.Min(count, _inboxLength);
            if (got > 0)
            {
                Array.Copy(_inbox, 0, buffer, offset, got);
                _inboxLength -= got;
                Array.Copy(_inbox, got, _inbox, 0, _inboxLength);
                _net.Frame(_peer, _peer.Push);
                _net.Streams?.Read(this, buffer, offset, got);
                return got;
            }

            return IsReset ? throw new SocketException(NetStack.ConnectionReset)
                : _hasEnded ? 0
                : -1;
        }

        /// <inheritdoc/>
        public override void SetKeepAlive(bool isOn, int idleMs, int intervalMs, int count)
        {
            _keepAlive.Stop();
            if (isOn)
            {
                _keepAlive.Start(idleMs, intervalMs, count);
            }
        }

        /// <inheritdoc/>
        public override void Close(bool isAborted)
        {
            _isClosed = true;
            _keepAlive.Stop();
            if (isAborted || _inboxLength > 0)
            {
                _net.Frame(_peer, _peer.Reset);
                Free();
            }
            else
            {
                EndSending();
                EndIfDone();
            }
        }

        /// <summary>Says that nothing more will be sent; what comes can still be read.</summary>
        public void EndSending()
        {
            if (!_isFreed && !_hasSaidEnd)
            {
                _hasSaidEnd = true;
                SendFin();
            }
        }

        /// <summary>Bytes of the peer; an empty array ends the stream.</summary>
        public void Take(int serial, byte[] bytes)
        {
            _keepAlive.HeardMs = _net.NowMs;
            if (_isFreed)
            {
                _net.Frame(_peer, _peer.Reset);
                return;
            }

            _early[serial] = bytes;
            while (_early.Remove(_expected, out byte[] next))
            {
                _expected++;
                _hasEnded |= next.Length == 0;
                if (!_isClosed)
                {
                    if (_inboxLength + next.Length > _inbox.Length)
                    {
                        Array.Resize(ref _inbox, 2 * (_inboxLength + next.Length));
                    }

                    Array.Copy(next, 0, _inbox, _inboxLength, next.Length);
                    _inboxLength += next.Length;
                }
            }

            EndIfDone();
        }

        /// <summary>The peer has everything up to a number, or asks for what comes next.</summary>
        public void TakeAcknowledgement(int serial)
        {
            _keepAlive.HeardMs = _net.NowMs;
            if (_isFreed)
            {
                return;
            }

            _tries = 0;
            if (Acknowledge(serial))
            {
                _repeats = 0;
                if (InFlight > 0 && Segments[0].Serial <= _recoverTo)
                {
                    Repeat();
                }

                EndIfDone();
            }
            else if (InFlight > 0 && ++_repeats == FastRetransmission)
            {
                Repeat();
            }
        }

        /// <summary>It has ended without a word: a reset, or given up.</summary>
        public void Fail()
        {
            _net.Frame(_peer, _peer.Reset);
            Abort();
        }

        /// <summary>The peer ends it without a word, or the device loses power.</summary>
        public void Abort()
        {
            IsReset = true;
            Free();
        }

        /// <inheritdoc/>
        protected override void NoteWritten(byte[] buffer, int offset, int count)
        {
            _net.Streams?.Written(this, buffer, offset, count);
        }

        /// <inheritdoc/>
        protected override void Transmit(Segment segment)
        {
            segment.SentMs = _net.NowMs;
            _net.Frame(_peer, () => _peer.Take(segment), segment.Length);
            StartTimer(RetransmissionMs);
        }
    }
}
