using System;
using System.Collections.Generic;

namespace EdgeBroker.Firmware.Pc
{
    // What arrives there, and what it answers.
    public sealed partial class Peer
    {
        /// <summary>The connection is there.</summary>
        public void Open()
        {
            if (IsReset)
            {
                Abort();
            }
            else if (!IsOpen)
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
            OnEnd?.Invoke();
        }

        /// <summary>The connection was reset.</summary>
        public void Reset()
        {
            bool isFirst = !IsReset;
            IsReset = true;
            _waiting.Clear();
            if (isFirst && !IsGone)
            {
                OnEnd?.Invoke();
            }
        }

        /// <summary>Answers a probe of the device; by a reset if nothing is known of it.</summary>
        public void Answer()
        {
            if (IsReset)
            {
                _net.FrameFrom(this, Connection.Fail);
                return;
            }

            Acknowledge(_expected - 1);
        }

        /// <summary>A segment has arrived.</summary>
        public void Take(Segment segment)
        {
            if (IsReset || (_isClosed && HasClosedFirst && segment.Length > 0))
            {
                _net.FrameFrom(this, Connection.Fail);
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
                if (IsReset)
                {
                    return;
                }
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

                OnEnd?.Invoke();
            }
            else
            {
                OnData?.Invoke(segment.Data, segment.Length);
            }
        }

        private void Acknowledge(int serial)
        {
            _net.FrameFrom(this, () => Connection.TakeAcknowledgement(serial));
        }

        private void Deliver(int serial, byte[] bytes, int attempt)
        {
            if (IsGone || IsReset)
            {
                return;
            }

            if (_net.IsLost(this, true))
            {
                if (attempt > MaxShift)
                {
                    Reset(); // It gives up.
                    return;
                }

                _net.After((long)RetransmissionMs << Math.Min(attempt, MaxShift),
                    () => Deliver(serial, bytes, attempt + 1));
                return;
            }

            _net.After(_net.DelayFrom(this, bytes.Length), () =>
            {
                _onTheWay -= bytes.Length;
                Connection.Take(serial, bytes);
            });
        }
    }
}
