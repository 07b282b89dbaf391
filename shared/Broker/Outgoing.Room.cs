namespace EdgeBroker.Broker
{
    // What a session may have.
    public sealed partial class Outgoing
    {
        /// <summary>
        /// Whether a session may get one more Retained Message: half is for what is published.
        /// </summary>
        public bool MayReplay(int session)
        {
            return _backlogs.Count[session] <= _parts.Limits.MaxSessionMessages / 2
                && _backlogs.Bytes[session] <= _parts.Limits.MaxSessionBytes / 2;
        }

        /// <summary>
        /// Whether a session lost messages because it was full, and has not had half of what waits
        /// taken since.
        /// </summary>
        public bool IsBehind(int session)
        {
            if (session == None || !_wasFull[session])
            {
                return false;
            }

            _wasFull[session] = !MayReplay(session);
            return _wasFull[session];
        }

        private void NoteFull(int session)
        {
            _wasFull[session] = true;
            if (_sessions.SlotOf[session] != None)
            {
                _pressure.NoteFull(_sessions.SlotOf[session]);
            }
        }

        private bool IsFull(int session, int message)
        {
            return _backlogs.Count[session] >= _parts.Limits.MaxSessionMessages
                || _backlogs.Bytes[session] + _parts.Store.Length[message]
                    > _parts.Limits.MaxSessionBytes;
        }

        // What sessions have may stay for long: it leaves room for the largest packet, as what is
        // retained does. A message is counted for each session that has it.
        private bool MayTake(int session, int message, int blocks)
        {
            return _blocks.MayTake(session, blocks)
                && _parts.Store.CanPin(message, MessageStore.None, 0);
        }
    }
}
