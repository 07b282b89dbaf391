namespace EdgeBroker.Boards
{
    /// <summary>M5StickC: no PSRAM; a red LED, inverted.</summary>
    public static class M5StickC
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("m5stickc", "M5StickC", 79 * 1024);
            board.LedPin = 10;
            board.IsLedInverted = true;
            Sizes.Medium(board.Limits);
            return board;
        }
    }
}
