namespace EdgeBroker.Boards
{
    /// <summary>M5Stack Core2: PSRAM; its LED hangs on the power chip.</summary>
    public static class M5Core2
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("m5core2", "M5Core2", 3 * 1024 * 1024);
            board.HeapSource = "4 MB of PSRAM that can be addressed less the 1 MB upstream keeps";
            Sizes.Large(board.Limits);
            return board;
        }
    }
}
