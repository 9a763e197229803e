ALTER TABLE "agreement_finding" ADD COLUMN "rule" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "signatory_addresses" jsonb;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "contact_address" text;--> statement-breakpoint
CREATE INDEX "agreement_finding_rule" ON "agreement_finding" USING btree ("rule");