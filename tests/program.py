"""A program that answers lines, for the checks that hold ours against another's."""
import json, subprocess, sys, threading


class Program:
    """A program that answers each line with a line, and stays. It starts with the first request."""

    def __init__(self, command):
        self.command = command
        self.process = None

    def ask(self, requests):
        if self.process is None:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding='utf-8')
        writer = threading.Thread(target=self.write, args=(requests,))
        writer.start()
        answers = []
        for request in requests:
            line = self.process.stdout.readline()
            if not line:
                sys.exit(f'{self.command} ended at {json.dumps(request)[:4000]}')
            answers.append(json.loads(line))
        writer.join()
        return answers

    def write(self, requests):
        for request in requests:
            self.process.stdin.write(json.dumps(request) + '\n')
        self.process.stdin.flush()
