-- Our requests that wait for a word of ours: few, and found without reading the others.
CREATE INDEX request_clarify ON request (clock_at) WHERE direction = 'out' AND clock = 'clarification';
