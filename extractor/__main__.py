"""`python -m extractor` is `formd`."""

from extractor.cli import main

if __name__ == "__main__":
    main()
