namespace EdgeBroker.Boards
{
    /// <summary>The boards that EdgeBroker has a profile for.</summary>
    public static class AllBoards
    {
        /// <summary>How many there are.</summary>
        public const int Count = 9;

        /// <summary>Makes the profile of a board.</summary>
        /// <param name="index">0 to Count - 1.</param>
        public static BoardProfile At(int index)
        {
            switch (index)
            {
                case 0:
                    return Esp32.Create();
                case 1:
                    return Esp32Psram.Create();
                case 2:
                    return Esp32S2.Create();
                case 3:
                    return Esp32S3.Create();
                case 4:
                    return Esp32C3.Create();
                case 5:
                    return Esp32C6.Create();
                case 6:
                    return M5Core2.Create();
                case 7:
                    return M5StickC.Create();
                default:
                    return AtomS3.Create();
            }
        }

        /// <summary>Finds a board by the name that --board takes.</summary>
        /// <returns>Its profile, or null.</returns>
        public static BoardProfile Find(string name)
        {
            for (int i = 0; i < Count; i++)
            {
                BoardProfile board = At(i);
                if (board.Name == name)
                {
                    return board;
                }
            }

            return null;
        }

        /// <summary>Finds the board whose runtime tells this target.</summary>
        /// <returns>Its profile; for a target that is not in the list, the smallest one.</returns>
        public static BoardProfile ForTarget(string target)
        {
            for (int i = 0; i < Count; i++)
            {
                BoardProfile board = At(i);
                if (board.Target == target)
                {
                    return board;
                }
            }

            return Smallest(target);
        }

        /// <summary>
        /// What fits every board: for one that nobody knows, and for one with less heap than its
        /// profile says.
        /// </summary>
        public static BoardProfile Smallest(string target)
        {
            var board = new BoardProfile("generic", target, Esp32C3.HeapBytes);
            board.Sockets = Esp32C3.Sockets;
            Sizes.Smallest(board.Limits);
            return board;
        }
    }
}
