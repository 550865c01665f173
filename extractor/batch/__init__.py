"""Many filings: finds them, reads each in a process of its own account, and keeps what became of every one."""
