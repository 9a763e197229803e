DROP INDEX "agreement_amendments_number";--> statement-breakpoint
DROP INDEX "agreement_amendments_ahead";--> statement-breakpoint
ALTER TABLE "agreement_amendments" ADD COLUMN "annulled_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "agreement_amendments" ADD COLUMN "annulled_by" uuid;--> statement-breakpoint
ALTER TABLE "agreement_amendments" ADD COLUMN "annulled_reason" text;--> statement-breakpoint
ALTER TABLE "agreement_amendments" ADD CONSTRAINT "agreement_amendments_annulled_by_users_id_fk" FOREIGN KEY ("annulled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_amendments_number" ON "agreement_amendments" USING btree ("agreement_id","number") WHERE annulled_at is null;--> statement-breakpoint
CREATE INDEX "agreement_amendments_ahead" ON "agreement_amendments" USING btree ("effective_on") WHERE applied_at is null and annulled_at is null;--> statement-breakpoint
ALTER TABLE "agreement_amendments" ADD CONSTRAINT "agreement_amendments_annulled" CHECK (("agreement_amendments"."annulled_at" is null) = ("agreement_amendments"."annulled_reason" is null));