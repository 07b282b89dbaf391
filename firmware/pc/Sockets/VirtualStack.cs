using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>
    /// A network of virtual peers on a virtual clock: the same seed gives the same run. Frames can
    /// be late or lost; nothing else takes time.
    /// </summary>
    public sealed class VirtualStack : NetStack
    {
        private const int FirstSynRetryMs = 1000;
        private const int SynRetries = 6;

        private readonly Random _random;
        private readonly PriorityQueue<Action, (long, long)> _events =
            new PriorityQueue<Action, (long, long)>();

        private long _nowMs;
        private long _serial;

        /// <summary>Who listens, or null.</summary>
        public VirtualListener Listener;

        /// <summary>Share of the frames that are lost, 0 to 1.</summary>
        public double Loss;

        /// <summary>Frames that were lost.</summary>
        public int LostFrames;

        /// <summary>Connections that the stack still has memory for.</summary>
        public int Connections;

        /// <summary>A network without peers.</summary>
        public VirtualStack(Radio radio, int seed)
            : base(radio)
        {
            _random = new Random(seed);
        }

        /// <inheritdoc/>
        public override long NowMs
        {
            get { return _nowMs; }
        }

        /// <inheritdoc/>
        public override void Wait()
        {
            RunUntil(_nowMs + 1);
        }

        /// <inheritdoc/>
        public override Listener Listen(IPEndPoint at, int backlog)
        {
            if (Listener != null || !TakeMemory(ListenerBytes))
            {
                throw new SocketException(NoError);
            }

            Listener = new VirtualListener(this, at.Port, backlog);
            return Listener;
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

        /// <summary>Whether a frame that is sent now, from or to a peer, is lost.</summary>
        public bool IsLost(Peer peer)
        {
            bool isLost = _nowMs < peer.BlackoutUntilMs
                || (Loss > 0 && _random.NextDouble() < Loss);
            LostFrames += isLost ? 1 : 0;
            return isLost;
        }

        /// <summary>Sends a frame that may be lost, and is then not repeated.</summary>
        public void Frame(Peer peer, Action arrive)
        {
            if (!IsLost(peer))
            {
                After(peer.OneWayMs, () =>
                {
                    if (!peer.IsGone)
                    {
                        arrive();
                    }
                });
            }
        }

        /// <summary>A peer wants to connect, and asks again while it hears nothing.</summary>
        public void Connect(Peer peer, int attempt)
        {
            if (peer.IsOpen || peer.IsRefused || attempt > SynRetries)
            {
                return;
            }

            Frame(peer, () => Syn(peer));
            After((long)FirstSynRetryMs << attempt, () => Connect(peer, attempt + 1));
        }

        private void Syn(Peer peer)
        {
            if (Listener == null)
            {
                Frame(peer, () => peer.Refuse());
            }
            else if (peer.Connection != null || Listener.Take(peer))
            {
                Frame(peer, () => peer.Open());
            }
        }
    }
}
