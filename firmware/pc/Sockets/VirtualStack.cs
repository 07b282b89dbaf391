using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>
    /// A network of virtual peers on a virtual clock: the same seed gives the same run. Frames can
    /// be late, out of order or lost; nothing else takes time.
    /// </summary>
    public sealed class VirtualStack : NetStack
    {
        private const int FirstSynRetryMs = 1000;
        private const int SynRetries = 6;

        private readonly int _seed;
        private readonly PriorityQueue<Action, (long, long)> _events =
            new PriorityQueue<Action, (long, long)>();

        private readonly Dictionary<int, VirtualListener> _listeners =
            new Dictionary<int, VirtualListener>();

        private long _nowMs;
        private long _serial;
        private int _powerCuts;

        /// <summary>Connections that the stack still has memory for.</summary>
        internal readonly List<VirtualConnection> Live = new List<VirtualConnection>();

        /// <summary>Share of the frames that are lost, 0 to 1.</summary>
        public double Loss;

        /// <summary>Frames that were lost.</summary>
        public int LostFrames;

        /// <summary>Hears of the device's side of all streams, or null.</summary>
        public StreamTap Streams;

        /// <summary>Whether no frame passes.</summary>
        public bool IsAirDown;

        /// <summary>A network without peers.</summary>
        public VirtualStack(Radio radio, int seed)
            : base(radio)
        {
            _seed = seed;
        }

        /// <inheritdoc/>
        public override long NowMs
        {
            get { return _nowMs; }
        }

        /// <inheritdoc/>
        public override bool HasDatagrams
        {
            get { return false; }
        }

        /// <summary>Connections that the stack still has memory for.</summary>
        public int Connections
        {
            get { return Live.Count; }
        }

        /// <summary>When something happens next; long.MaxValue if nothing does.</summary>
        public long NextEventMs
        {
            get
            {
                return _events.TryPeek(out _, out (long AtMs, long) key) ? key.AtMs : long.MaxValue;
            }
        }

        /// <inheritdoc/>
        public override void Wait()
        {
            RunUntil(_nowMs + 1);
        }

        /// <inheritdoc/>
        public override Listener Listen(IPEndPoint at, int backlog)
        {
            if (_listeners.ContainsKey(at.Port) || !TakeMemory(ListenerBytes))
            {
                throw new SocketException(NoError);
            }

            var listener = new VirtualListener(this, at.Port, backlog);
            _listeners.Add(at.Port, listener);
            return listener;
        }

        /// <summary>A connection that was closed from here first is remembered a while.</summary>
        internal void TimeWait(int ms)
        {
            int cuts = _powerCuts;
            if (TakeMemory(TimeWaitBytes))
            {
                After(ms, () => GiveMemory(cuts == _powerCuts ? TimeWaitBytes : 0));
            }
        }

        /// <summary>Nobody listens there any more.</summary>
        internal void Forget(VirtualListener listener)
        {
            _listeners.Remove(listener.Port);
        }

        /// <summary>The device loses power: its peers do not hear of it.</summary>
        public void CutPower()
        {
            foreach (VirtualConnection connection in Live.ToArray())
            {
                connection.Abort();
            }

            _powerCuts++;
            _listeners.Clear();
            GiveMemory((int)NativeUsed);
            OpenSockets = 0;
        }

        /// <summary>Lets time pass.</summary>
        public void RunUntil(long endMs)
        {
            while (_events.TryPeek(out Action next, out (long AtMs, long) key) && key.AtMs <= endMs)
            {
                _events.Dequeue();
                _nowMs = Math.Max(_nowMs, key.AtMs);
                next();
            }

            _nowMs = Math.Max(_nowMs, endMs);
        }

        /// <summary>Does something after a time.</summary>
        public void After(long delayMs, Action what)
        {
            _events.Enqueue(what, (_nowMs + delayMs, _serial++));
        }

        /// <summary>Every connection is reset, as by a router that has forgotten them.</summary>
        public void ResetAll()
        {
            foreach (VirtualConnection connection in Live.ToArray())
            {
                connection.Abort();
            }
        }

        /// <summary>Whether a frame that is sent now, from or to a peer, is lost.</summary>
        public bool IsLost(Peer peer, bool isFromPeer)
        {
            double loss = Math.Max(Loss, peer.Path.Loss);
            bool isLost = IsAirDown || peer.Path.IsCut(isFromPeer, _nowMs)
                || (loss > 0 && peer.Path.Chance(_seed).NextDouble() < loss);
            LostFrames += isLost ? 1 : 0;
            return isLost;
        }

        /// <summary>Sends a frame to a peer, which may be lost and is then not repeated.</summary>
        public void Frame(Peer peer, Action arrive, int bytes = 0)
        {
            if (!IsLost(peer, false))
            {
                After(peer.Path.DelayMs(_seed, bytes, false, _nowMs), () =>
                {
                    if (!peer.IsGone)
                    {
                        arrive();
                    }
                });
            }
        }

        /// <summary>Sends a frame of a peer, which may be lost and is then not repeated.</summary>
        public void FrameFrom(Peer peer, Action arrive)
        {
            if (!peer.IsGone && !IsLost(peer, true))
            {
                After(peer.Path.DelayMs(_seed, 0, true, _nowMs), arrive);
            }
        }

        /// <summary>The time that bytes of a peer are on their way.</summary>
        internal long DelayFrom(Peer peer, int bytes)
        {
            return peer.Path.DelayMs(_seed, bytes, true, _nowMs);
        }

        /// <summary>Where a peer cuts its stream.</summary>
        internal int Cut(Peer peer, int most)
        {
            return peer.Path.Chance(_seed).Next(1, most + 1);
        }

        /// <summary>A peer wants to connect, and asks again while it hears nothing.</summary>
        public void Connect(Peer peer, int attempt)
        {
            if (peer.IsOpen || peer.IsRefused || peer.IsReset)
            {
                return;
            }

            if (attempt > SynRetries)
            {
                peer.Reset();
                return;
            }

            FrameFrom(peer, () => Syn(peer));
            After((long)FirstSynRetryMs << attempt, () => Connect(peer, attempt + 1));
        }

        private void Syn(Peer peer)
        {
            if (!_listeners.TryGetValue(peer.Port, out VirtualListener listener))
            {
                Frame(peer, () => peer.Refuse());
            }
            else if (peer.Connection != null || listener.Take(peer))
            {
                Frame(peer, () => peer.Open());
            }
        }
    }
}
